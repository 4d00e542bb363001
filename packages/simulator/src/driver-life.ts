import type { CpoBackEnd } from './back-ends/cpo-back-end.js'
import type { EmspBackEnd } from './back-ends/emsp-back-end.js'
import type { LiveSession } from './back-ends/live-session.js'
import type { Driver } from './drivers.js'
import type { WorldClock } from './world/clock.js'
import { fits } from './world/power.js'
import type { Site, SiteEvse } from './world/site.js'
import { planTrip, type Trip } from './world/trip.js'
import type { Tell } from './world-event.js'

/** What a driver meets on the way. */
export interface DriverSurroundings {
  readonly seed: number
  readonly runId: string
  readonly site: Site
  readonly cpo: CpoBackEnd
  readonly emsp: EmspBackEnd
  readonly clock: WorldClock
  readonly tell: Tell
  /** Aborted when the world stops. */
  readonly signal: AbortSignal
  /** A trip that ended without a session, and why. */
  onFailure(reason: string): void
}

interface Place {
  readonly site: SiteEvse
  readonly connectorId: string
}

/** Capability an EVSE needs to be started with the app. */
const REMOTE = 'REMOTE_START_STOP_CAPABLE'

const freePlaces = (around: DriverSurroundings, driver: Driver, trip: Trip): readonly Place[] =>
  trip.preferences.flatMap((key) => {
    const site = around.site.find(key)
    const connector = site?.evse.connectors.find((candidate) => fits(driver.car, candidate))
    if (site === undefined || connector === undefined || site.state.status !== 'AVAILABLE') return []
    if (site.state.keptFor !== undefined) return []
    return [{ site, connectorId: connector.id }]
  })

/** The first free place; with the app the first one that the app shows as free and startable. */
const choosePlace = async (
  around: DriverSurroundings,
  driver: Driver,
  trip: Trip,
): Promise<(Place & { readonly means: Trip['means'] }) | undefined> => {
  const places = freePlaces(around, driver, trip)
  if (trip.means === 'app')
    for (const place of places) {
      const view = await around.emsp.look(place.site)
      if (view?.status === 'AVAILABLE' && view.capabilities.includes(REMOTE))
        return { ...place, means: 'app' }
    }
  const [first] = places
  return first === undefined ? undefined : { ...first, means: 'card' }
}

const sleepMinutes = (around: DriverSurroundings, minutes: number, signal = around.signal): Promise<void> =>
  around.clock.sleepUntilS(around.clock.nowS() + minutes * 60, signal)

const RESERVED_MINUTES = 30

/** Reserves; true when the place is kept. A driver who does not come cancels or forgets. */
const reserve = async (
  around: DriverSurroundings,
  driver: Driver,
  trip: Trip,
  place: Place,
): Promise<boolean> => {
  const id = `res-${around.runId}-${driver.id}-${trip.number}`
  const end = await around.emsp.reserve(driver.id, driver.app, place.site, id, RESERVED_MINUTES)
  if (end.kind === 'failed') return false
  await sleepMinutes(around, trip.travelMinutes)
  if (!trip.noShow) return place.site.state.status === 'RESERVED'
  if (trip.number % 2 === 0) await around.emsp.cancel(driver.id, id)
  return false
}

const plugIn = (around: DriverSurroundings, driver: Driver, trip: Trip, place: Place): string | undefined => {
  const { site, connectorId } = place
  const { socPercent, targetPercent } = trip
  const reservationId = site.state.reservationId
  const refused = around.site.move(site, { kind: 'plugIn', carId: driver.id, reservationId })
  if (refused !== undefined) return refused
  site.plugged = { car: driver.car, connectorId, socPercent, targetPercent }
  around.tell({ type: 'driver.plugged', driver: driver.id, car: driver.car.name, evse: site.key, socPercent })
  return undefined
}

type Started =
  | { readonly session: LiveSession; readonly stop: () => Promise<void> }
  | { readonly reason: string }

const startWithApp = async (
  around: DriverSurroundings,
  driver: Driver,
  trip: Trip,
  place: Place,
): Promise<Started> => {
  const reference = `app-${around.runId}-${driver.id}-${trip.number}`
  const start = await around.emsp.start(driver.id, driver.app, place.site, place.connectorId, reference)
  if (start.kind === 'failed') return { reason: `app: ${start.reason}` }
  const session = around.cpo.sessionAt(place.site)
  if (session === undefined) return { reason: 'app: session already over' }
  const stop = async (): Promise<void> => {
    await around.emsp.stop(driver.id, start.sessionId)
  }
  return { session, stop }
}

const startWithCard = async (
  around: DriverSurroundings,
  driver: Driver,
  site: SiteEvse,
): Promise<Started> => {
  const result = await around.cpo.tap(driver, site)
  if (result.kind !== 'started')
    return { reason: `card: ${result.kind === 'refused' ? result.reason : result.kind}` }
  const stop = async (): Promise<void> => {
    await around.cpo.tap(driver, site)
  }
  return { session: result.session, stop }
}

const EVERY_MINUTES = 1

/** Charges until the driver has to go, or until the car is content and the pause after it is over. */
const charge = async (
  around: DriverSurroundings,
  trip: Trip,
  session: LiveSession,
): Promise<'gone' | 'to stop'> => {
  const until = around.clock.nowS() + trip.stayMinutes * 60
  while (!session.ended() && session.charging() && around.clock.nowS() < until && !around.signal.aborted)
    await sleepMinutes(around, EVERY_MINUTES)
  if (!session.ended() && !session.charging()) await sleepMinutes(around, trip.overstayMinutes)
  return session.ended() ? 'gone' : 'to stop'
}

const visit = async (
  around: DriverSurroundings,
  driver: Driver,
  trip: Trip,
  place: Place & { readonly means: Trip['means'] },
): Promise<string | undefined> => {
  const { site } = place
  if (trip.reserve && place.means === 'app' && site.evse.capabilities?.includes('RESERVABLE')) {
    const kept = await reserve(around, driver, trip, place)
    if (!kept) return trip.noShow ? 'did not come' : 'reservation failed'
  }
  const refused = plugIn(around, driver, trip, place)
  if (refused !== undefined) return `EVSE ${refused}`
  const started =
    place.means === 'app'
      ? await startWithApp(around, driver, trip, place)
      : await startWithCard(around, driver, site)
  if ('reason' in started) {
    around.cpo.unplug(site, 'unplugged')
    return started.reason
  }
  if ((await charge(around, trip, started.session)) === 'to stop' && !around.signal.aborted)
    await started.stop()
  around.cpo.unplug(site, 'unplugged')
  return undefined
}

/** One driver, trip after trip, until the world stops. */
export const liveDriver = async (around: DriverSurroundings, driver: Driver): Promise<void> => {
  const keys = around.site.evses.map((site) => site.key)
  for (let number = 0; !around.signal.aborted; number++) {
    const trip = planTrip(around.seed, driver, number, keys)
    await sleepMinutes(around, trip.pauseMinutes)
    if (around.signal.aborted) return
    const place = await choosePlace(around, driver, trip)
    const failure = place === undefined ? 'no free EVSE' : await visit(around, driver, trip, place)
    if (around.signal.aborted) return
    if (failure !== undefined) around.onFailure(failure)
    const reason = failure ?? 'done'
    around.tell({ type: 'driver.left', driver: driver.id, evse: place?.site.key, reason })
    // NOTE: a failed trip is not tried again at once, so that a dead node is not run down.
    if (failure !== undefined) await around.clock.sleepRealMs(FAILURE_PAUSE_MS, around.signal)
  }
}

const FAILURE_PAUSE_MS = 250
