import type { CpoBackEnd } from './back-ends/cpo-back-end.js'
import { isoOfS, type WorldClock } from './world/clock.js'
import { randomStream } from './world/random.js'
import type { Site, SiteEvse } from './world/site.js'
import { type Mishap, type MishapRates, nextMishap } from './world/weather.js'
import type { Tell } from './world-event.js'

export interface MishapSurroundings {
  readonly seed: number
  readonly site: Site
  readonly cpo: CpoBackEnd
  readonly clock: WorldClock
  readonly rates: MishapRates
  readonly tell: Tell
  readonly signal: AbortSignal
}

const befall = (around: MishapSurroundings, site: SiteEvse, mishap: Mishap): void => {
  if (mishap.kind === 'block') {
    around.site.move(site, { kind: 'block' })
    return
  }
  around.tell({ type: 'evse.fault', evse: site.key, until: isoOfS(mishap.untilS) })
  around.cpo.breakDown(site)
}

const recover = (around: MishapSurroundings, site: SiteEvse, mishap: Mishap): void => {
  if (mishap.kind === 'block') {
    around.site.move(site, { kind: 'clear' })
    return
  }
  around.site.move(site, { kind: 'repair' })
  around.tell({ type: 'evse.repair', evse: site.key })
}

interface Due {
  readonly site: SiteEvse
  mishap: Mishap
  state: 'waiting' | 'happening'
}

const dueAtS = (due: Due): number => (due.state === 'waiting' ? due.mishap.atS : due.mishap.untilS)

/** Lets EVSEs fail, be repaired and be blocked, each by its own random stream, until the world stops. */
export const liveMishaps = async (around: MishapSurroundings): Promise<void> => {
  const streams = new Map(
    around.site.evses.map((site) => [site, randomStream(around.seed, 'mishap', site.key)]),
  )
  const next = (site: SiteEvse, afterS: number): Mishap =>
    nextMishap(streams.get(site) ?? randomStream(around.seed, site.key), around.rates, afterS)
  const all: Due[] = around.site.evses.map((site) => ({
    site,
    mishap: next(site, around.clock.nowS()),
    state: 'waiting',
  }))
  while (!around.signal.aborted && all.length > 0) {
    const soonest = all.reduce((a, b) => (dueAtS(b) < dueAtS(a) ? b : a))
    await around.clock.sleepUntilS(dueAtS(soonest), around.signal)
    if (around.signal.aborted) return
    if (soonest.state === 'waiting') {
      befall(around, soonest.site, soonest.mishap)
      soonest.state = 'happening'
    } else {
      recover(around, soonest.site, soonest.mishap)
      soonest.mishap = next(soonest.site, soonest.mishap.untilS)
      soonest.state = 'waiting'
    }
  }
}
