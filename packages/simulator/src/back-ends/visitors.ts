import { cars, visitorModel } from '../cars.js'
import { fits } from '../world/power.js'
import type { PluggedCar, SiteEvse } from '../world/site.js'
import type { CpoContext } from './cpo-context.js'
import type { LiveSession } from './live-session.js'

/** Longest real time that somebody from outside may take to plug in, in milliseconds. */
const CABLE_LIMIT_MS = 6_000
/** Between two looks at a session, in real milliseconds. */
const LOOK_MS = 250
/** Virtual minutes after which somebody who paid at a terminal goes: there is no app to stop with. */
const STAYS_WITHOUT_APP_MINUTES = 40
/** Virtual minutes a full car stays before it drives off. */
const STAYS_FULL_MINUTES = 5

/** Somebody from outside who has started at an EVSE and comes along with the cable. */
export interface Visit {
  readonly plugged: PluggedCar
  /** Resolves when the car is plugged in, true, or does not come, false. The EVSE is free again then. */
  arrive(signal: AbortSignal): Promise<boolean>
}

/** People from outside, with a car each; any number of them at once. */
export interface Visitors {
  /** Keeps the EVSE for the next visitor; undefined when it cannot be kept or no car fits. */
  expect(
    site: SiteEvse,
    connectorId: string | undefined,
    reservationId: string | undefined,
  ): Visit | undefined
  isAt(site: SiteEvse): boolean
  /** Resolves when the visitor goes: the session was stopped, the car is full, or whoever has no app has stayed for a while. */
  stays(session: LiveSession): Promise<void>
}

/** Whoever no driver of this world is. */
export const createVisitors = (context: CpoContext): Visitors => {
  const visits = new Map<SiteEvse, number>()

  const plugIn = (site: SiteEvse, carId: string, plugged: PluggedCar): boolean => {
    if (context.site.move(site, { kind: 'plugIn', carId }) !== undefined) return false
    site.plugged = plugged
    const { car, socPercent } = plugged
    context.tell({ type: 'driver.plugged', driver: 'visitor', car: car.name, evse: site.key, socPercent })
    return true
  }

  return {
    expect: (site, connectorId, reservationId) => {
      const connector = site.evse.connectors.find(({ id }) => id === connectorId) ?? site.evse.connectors[0]
      const car = connector && [visitorModel, ...cars].find((model) => fits(model, connector))
      if (connector === undefined || car === undefined) return undefined
      const number = (visits.get(site) ?? 0) + 1
      const carId = `visitor-${number}`
      if (context.site.move(site, { kind: 'keep', carId, reservationId }) !== undefined) return undefined
      visits.set(site, number)
      const wrong = context.misbehaviourAt(site)
      const targetPercent = wrong?.carRefuses === true ? 35 : 100
      const plugged = { car, connectorId: connector.id, socPercent: 35, targetPercent }
      return {
        plugged,
        arrive: async (signal) => {
          const waitMs = wrong?.noCable === true ? CABLE_LIMIT_MS : context.cableMs
          await context.clock.sleepRealMs(waitMs, signal)
          if (!signal.aborted && wrong?.noCable !== true && plugIn(site, carId, plugged)) return true
          context.site.move(site, { kind: 'giveUp' })
          return false
        },
      }
    },
    isAt: (site) => [site.state.carId, site.state.keptFor].some((id) => id?.startsWith('visitor-') === true),
    stays: async (session) => {
      const hasApp = session.facts.token.type !== 'AD_HOC_USER'
      const untilS = hasApp ? Number.POSITIVE_INFINITY : context.clock.nowS() + STAYS_WITHOUT_APP_MINUTES * 60
      const looksOn = (): boolean =>
        !session.ended() && !context.signal.aborted && context.clock.nowS() < untilS
      while (looksOn() && session.charging()) await context.clock.sleepRealMs(LOOK_MS, context.signal)
      const fullS = context.clock.nowS()
      while (looksOn() && context.clock.nowS() < fullS + STAYS_FULL_MINUTES * 60)
        await context.clock.sleepRealMs(LOOK_MS, context.signal)
    },
  }
}
