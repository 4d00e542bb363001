import { at, textAt } from '../back-ends/json.js'
import type { Misbehaviour } from '../back-ends/misbehaviour.js'
import { visitorModel } from '../cars.js'
import { TARIFF_IDS } from '../tariffs.js'
import { fits } from '../world/power.js'
import type { Site, SiteEvse } from '../world/site.js'
import type { Tell } from '../world-event.js'
import { Actor, type StageParts, type Trace } from './actor.js'
import { START_FAULTS, type StartFault } from './start-faults.js'

/** What goes wrong where, and the places where faults are acted out: nobody else charges there. */
export interface FaultPlaces {
  readonly evses: ReadonlySet<SiteEvse>
  misbehaviourAt(site: SiteEvse): Misbehaviour | undefined
  misbehave(site: SiteEvse, misbehaviour: Misbehaviour): void
}

/** Slow enough that no car is full before its fault was explained, and not for nothing. */
const isSuitable = ({ evse }: SiteEvse): boolean => {
  const [connector] = evse.connectors
  return (
    evse.capabilities?.includes('REMOTE_START_STOP_CAPABLE') === true &&
    evse.capabilities.includes('RESERVABLE') &&
    connector !== undefined &&
    connector.power_type !== 'DC' &&
    fits(visitorModel, connector) &&
    connector.tariff_ids?.[0] !== TARIFF_IDS.free
  )
}

/** Whole locations, the last ones first, until every fault has an EVSE; none where there are not enough. */
const chooseEvses = (site: Site): ReadonlySet<SiteEvse> => {
  const chosen: SiteEvse[] = []
  let dark = 0
  const locations = [...new Set(site.evses.map(({ location }) => location.id))].toReversed()
  for (const id of locations) {
    const all = site.at(id)
    if (all.length < 2 || !all.every(isSuitable)) continue
    // NOTE: the whole first location is for the power cut.
    if (chosen.length === 0) dark = all.length
    chosen.push(...all)
    if (chosen.length - dark >= START_FAULTS.length) break
  }
  return new Set(chosen)
}

/** Keeps places for faults; none without faults. */
export const createFaultPlaces = (site: Site, wanted: boolean): FaultPlaces => {
  const wrong = new Map<SiteEvse, Misbehaviour>()
  return {
    evses: wanted ? chooseEvses(site) : new Set(),
    misbehaviourAt: (evse) => wrong.get(evse),
    misbehave: (evse, misbehaviour) => {
      wrong.set(evse, misbehaviour)
    },
  }
}

const LOOK_MS = 700
/** Longest time until a fault has to be explained, in real milliseconds. */
const LIMIT_MS = 75_000
/** Between the begins of two faults, in real milliseconds: not everything at the same moment. */
const APART_MS = 120

interface Said {
  readonly code: string | undefined
  readonly support: string | undefined
  readonly driver: string | undefined
}

const saidIn = (why: unknown): Said => ({
  code: textAt(why, 'code'),
  support: textAt(why, 'support'),
  driver: textAt(why, 'text', 'en'),
})

/** Gives each fault an EVSE of its own; a power cut takes those of its whole location with it. */
const casting = (evses: ReadonlySet<SiteEvse>): ReadonlyMap<StartFault, SiteEvse> => {
  const free = [...evses]
  const [dark] = free
  const cast = new Map<StartFault, SiteEvse>()
  const others = free.filter(({ location }) => location.id !== dark?.location.id)
  for (const fault of START_FAULTS) {
    const place = fault.name === 'power-cut' ? dark : others.shift()
    if (place !== undefined) cast.set(fault, place)
  }
  return cast
}

/** Reads the explanation until it says all that is expected, in order, or the time is over; the last one that was read. */
const readExplanation = async (
  { cpoApi, emspApi, clock, signal }: StageParts,
  trace: Trace,
  codes: StartFault['codes'],
): Promise<{ readonly said: Said; readonly explained: boolean }> => {
  const endMs = clock.realMs() + LIMIT_MS
  const open = [...codes]
  for (;;) {
    const said = saidIn('why' in trace ? trace.why : await readWhy(trace, { cpoApi, emspApi }))
    if (said.code !== undefined && said.code === open[0]) open.shift()
    // NOTE: what passes quickly may be over before it is looked at; what it ends with may not.
    else if (said.code !== undefined && said.code === codes.at(-1)) open.splice(0)
    if (open.length === 0) return { said, explained: true }
    if ('why' in trace || signal.aborted || clock.realMs() > endMs) return { said, explained: false }
    await clock.sleepRealMs(LOOK_MS, signal)
  }
}

const readWhy = async (
  { door, address }: Extract<Trace, { address: string }>,
  { cpoApi, emspApi }: Pick<StageParts, 'cpoApi' | 'emspApi'>,
): Promise<unknown> => {
  const answer = await (door === 'cpo' ? cpoApi : emspApi).call('GET', address)
  return answer.kind === 'ok' ? at(answer.body) : undefined
}

/**
 * Acts out every fault once, all at about the same time, and asks the node for each why the charge did not start. Tells
 * `fault.made` and `fault.explained` of each; resolves when all are explained or given up.
 */
export const liveFaults = async (
  parts: StageParts & { readonly runId: string; readonly tell: Tell },
  places: FaultPlaces,
): Promise<void> => {
  const { tell, clock, signal, runId } = parts
  const actOut = async (fault: StartFault, place: SiteEvse | undefined, index: number): Promise<void> => {
    const { name, causedBy, does, codes } = fault
    await clock.sleepRealMs(index * APART_MS, signal)
    if (signal.aborted) return
    const shared = { fault: name, causedBy, does, expected: codes } as const
    const failed = (reason: string) =>
      tell({
        ...{ type: 'fault.explained', ...shared, code: undefined, driver: undefined },
        ...{ support: reason, explained: false },
      })
    if (place === undefined) return failed('there is no charge point left to act it out at')
    try {
      const actor = new Actor(parts, place, `FLT-${index}-${runId}`)
      await actor.isShown('AVAILABLE')
      tell({ type: 'fault.made', fault: name, causedBy, does, evse: place.key })
      const { said, explained } = await readExplanation(parts, await fault.act(actor), codes)
      tell({ type: 'fault.explained', ...shared, ...said, explained })
    } catch (error) {
      failed(error instanceof Error ? error.message : 'unknown')
    }
  }
  const cast = casting(places.evses)
  await Promise.all(START_FAULTS.map((fault, index) => actOut(fault, cast.get(fault), index)))
}
