import { setMaxListeners } from 'node:events'
import type { Verdict } from './back-ends/cdr-desk.js'
import { createCdrWriter, type WrittenCdr } from './back-ends/cdr-writer.js'
import { type CpoBackEnd, createCpoBackEnd } from './back-ends/cpo-back-end.js'
import { type CpoBookings, createCpoBookings } from './back-ends/cpo-bookings.js'
import type { CpoContext } from './back-ends/cpo-context.js'
import { type CDR, isOf, labelOf } from './back-ends/documents.js'
import { createEmspBackEnd, type EmspBackEnd } from './back-ends/emsp-back-end.js'
import { createEmspBookings, type EmspBookings } from './back-ends/emsp-bookings.js'
import { createConnections } from './back-ends/http.js'
import type { Latest } from './back-ends/latest.js'
import { createOperatorApi, type Door, type OperatorApi, path } from './back-ends/operator-api.js'
import { registerCpo, registerEmsp } from './back-ends/register.js'
import { createStatusFeed } from './back-ends/status-feed.js'
import { createSteering, type Steering } from './back-ends/steering.js'
import { usualTariffs } from './billing/fault-tariffs.js'
import { billFor } from './billing/faults.js'
import { liveBookings } from './booking-life.js'
import { liveDriver } from './driver-life.js'
import { createDrivers, type Driver } from './drivers.js'
import { createFaultPlaces, type FaultPlaces, liveFaults } from './faults/fault-lab.js'
import { listen } from './listen.js'
import { liveMishaps } from './mishaps.js'
import { DEFAULT_RATES } from './rates.js'
import { createTally, type WorldSummary } from './tally.js'
import { withTariffs } from './world/choose-tariff.js'
import { createClock, isoOfS, sleepMs, type WorldClock } from './world/clock.js'
import { randomStream } from './world/random.js'
import { createSite, type Location, type Site, type SiteEvse } from './world/site.js'
import type { Happening, WorldEvent } from './world-event.js'
import type { World, WorldEmsp, WorldOptions } from './world-options.js'

const DEFAULT_LEAD_MS = 14 * 86_400_000
/** A node asks a partner that does not answer for half a minute; in milliseconds. */
const SLOW_MS = 45_000
/** Time that sessions get to end when the world stops, in milliseconds. */
const CLOSING_MS = 5_000

/** An eMSP with its door and its back end. */
interface EmspPart {
  readonly party: WorldEmsp
  readonly api: OperatorApi
  readonly back: EmspBackEnd
}

/** Parts that live as long as the world. */
interface Parts {
  readonly clock: WorldClock
  readonly site: Site
  readonly cpo: CpoBackEnd
  /** The one that books and steers first. */
  readonly emsps: readonly [EmspPart, ...EmspPart[]]
  readonly steering: Steering | undefined
  readonly cpoApi: OperatorApi
  readonly cpoBookings: CpoBookings
  readonly emspBookings: EmspBookings
  readonly drivers: readonly Driver[]
  /** Two who want the same slot; they book and do nothing else. */
  readonly bookers: readonly Driver[]
  /** Uids of the tokens of drivers and bookers, in upper case. */
  readonly driverUids: ReadonlySet<string>
  /** Where faults are acted out. */
  readonly places: FaultPlaces
  readonly runId: string
  readonly locations: readonly Location[]
  readonly tariffs: CpoContext['tariffs']
}

class SimulatedWorld implements World {
  /** Aborted first: nobody drives off any more. */
  readonly #life = new AbortController()
  /** Aborted last: no request survives. */
  readonly #doors = new AbortController()
  readonly #connections = createConnections()
  readonly #tally = createTally()
  readonly #parts: Parts
  readonly #running: Promise<void>[] = []
  /** CDRs of our drivers that were written and have not come through yet. */
  readonly #awaited = new Map<string, CDR>()
  /** Ids of CDRs that came through before the node had answered their PUT. */
  readonly #early = new Set<string>()
  #delivered = 0
  readonly #statuses: Latest<string>[] = []
  readonly done: Promise<WorldSummary>
  #finish: (summary: WorldSummary) => void = () => undefined
  #stopping: Promise<WorldSummary> | undefined

  constructor(private readonly options: WorldOptions) {
    this.done = new Promise((resolve) => {
      this.#finish = resolve
    })
    // NOTE: every request and every sleeper listens; all of them let go when they end.
    setMaxListeners(0, this.#life.signal, this.#doors.signal)
    this.#parts = this.#build()
  }

  async start(): Promise<{ kind: 'started' } | { kind: 'failed'; reason: string }> {
    const { cpo } = this.options
    const { cpoApi, emsps, tariffs, locations, drivers, bookers, clock, site } = this.#parts
    const now = clock.realIso()
    const tokensOf = (issuer: number) =>
      [...drivers, ...bookers]
        .filter((driver) => driver.issuer === issuer)
        .flatMap((driver) => [driver.card, driver.app])
    const reasons = await Promise.all([
      registerCpo(cpoApi, { party: cpo, name: cpo.name, tariffs, locations, now }),
      ...emsps.map(({ party, api }, index) =>
        registerEmsp(api, { party, name: party.name, tokens: tokensOf(index), now }),
      ),
    ])
    const reason = reasons.find((text) => text !== undefined)
    if (reason !== undefined) return { kind: 'failed', reason }
    await this.#listen()
    this.#live()
    this.#tell({
      type: 'world.ready',
      locations: locations.length,
      evses: site.evses.length,
      drivers: drivers.length,
    })
    return { kind: 'started' }
  }

  stop(): Promise<WorldSummary> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  summary(): WorldSummary {
    return this.#tally.summary()
  }

  #build(): Parts {
    const { options } = this
    const realStartMs = Date.now()
    const startMs = Math.min(options.startAt?.getTime() ?? realStartMs - DEFAULT_LEAD_MS, realStartMs)
    const virtualStartMs = Math.floor(startMs / 1000) * 1000
    const clock = createClock({ realStartMs, virtualStartMs, speed: Math.max(1, options.speed) })
    const runId = realStartMs.toString(36)
    const lastUpdated = clock.realIso()
    const tariffs = (options.tariffs ?? usualTariffs(options.cpo, options.faults)).map((draft) => ({
      ...draft,
      last_updated: lastUpdated,
    }))
    const locations = withTariffs(options.seed, options.locations, tariffs)
    const feeds = new Map<SiteEvse, Latest<string>>()
    const site = createSite(locations, (evse, from, cause) => {
      this.#tell({ type: 'evse.status', evse: evse.key, from, to: evse.state.status, cause })
      feeds.get(evse)?.set(evse.state.status)
    })
    const cpoApi = this.#api(options.cpo, 'cpo')
    for (const evse of site.evses) {
      const feed = createStatusFeed({ api: cpoApi, clock, tell: this.#tell }, options.cpo, evse)
      feeds.set(evse, feed)
      this.#statuses.push(feed)
    }
    const count = options.drivers ?? 8
    const others = options.otherEmsps ?? []
    const emsps = [
      this.#emsp(options.emsp, 'emsp', clock),
      ...others.map((party) => this.#emsp(party, `emsp ${labelOf(party)}`, clock)),
    ] as const
    const [{ api: emspApi }] = emsps
    const bookers = this.#books ? createDrivers(options.seed, count + 2, options.emsp).slice(count) : []
    const drivers = createDrivers(options.seed, count, options.emsp, ...others)
    return {
      clock,
      site,
      cpo: createCpoBackEnd(this.#cpoContext({ clock, site, tariffs, api: cpoApi, runId })),
      emsps,
      steering: this.#steering(emspApi),
      cpoApi,
      ...this.#bookings(cpoApi, emspApi, clock),
      drivers,
      driverUids: new Set(
        [...drivers, ...bookers].flatMap(({ card, app }) => [card.uid.toUpperCase(), app.uid.toUpperCase()]),
      ),
      bookers,
      places: createFaultPlaces(site, options.faults === 'all'),
      runId,
      locations,
      tariffs,
    }
  }

  #api(door: Door, name: string, timeoutMs?: number): OperatorApi {
    return createOperatorApi({
      connections: this.#connections,
      apiUrl: door.apiUrl,
      apiKey: door.apiKey,
      signal: this.#doors.signal,
      random: randomStream(this.options.seed, 'door', name),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      sleepMs,
    })
  }

  #cpoContext(given: Pick<CpoContext, 'clock' | 'site' | 'tariffs' | 'api' | 'runId'>): CpoContext {
    const { options } = this
    const party = { countryCode: options.cpo.countryCode, partyId: options.cpo.partyId }
    return {
      ...given,
      seed: options.seed,
      party,
      rates: { ...DEFAULT_RATES, ...options.rates },
      tell: this.#tell,
      pushEveryMs: options.pushEveryMs ?? 1_000,
      cableMs: options.cableMs ?? 4_000,
      isDriver: (uid) => this.#parts.driverUids.has(uid.toUpperCase()),
      isLucky: (uid) => options.luckyVisitors === true && !this.#parts.driverUids.has(uid.toUpperCase()),
      misbehaviourAt: (evse) => this.#parts.places.misbehaviourAt(evse),
      signal: this.#life.signal,
      writeCdr: createCdrWriter({
        ...{ api: given.api, tariffs: given.tariffs, party, tell: this.#tell },
        bill: billFor(options.faults),
        onWritten: (written) => this.#onWritten(written),
      }),
    }
  }

  #emsp(party: WorldEmsp, door: string, clock: WorldClock): EmspPart {
    const { cpo, patienceMs = 30_000 } = this.options
    const api = this.#api(party, door)
    const back = createEmspBackEnd({
      party: { countryCode: party.countryCode, partyId: party.partyId },
      cpo: { countryCode: cpo.countryCode, partyId: cpo.partyId },
      api,
      clock,
      tell: this.#tell,
      signal: this.#life.signal,
      patienceMs,
      onBooked: (cdr, agrees) => this.#onBooked(cdr, agrees),
    })
    return { party, api, back }
  }

  #steering(api: OperatorApi): Steering | undefined {
    const { steering: plan, cpo } = this.options
    if (plan === undefined) return undefined
    return createSteering({ plan, cpo, api, tell: this.#tell, signal: this.#life.signal })
  }

  get #books(): boolean {
    return (this.options.bookings ?? 0) > 0
  }

  #bookings(cpoApi: OperatorApi, emspApi: OperatorApi, clock: WorldClock) {
    const { cpo: party, patienceMs = 30_000 } = this.options
    const signal = this.#life.signal
    return {
      cpoBookings: createCpoBookings({ party, api: cpoApi, clock, tell: this.#tell }),
      emspBookings: createEmspBookings({ cpo: party, api: emspApi, signal, patienceMs }),
    }
  }

  /** Follows all event streams; resolves when each was connected once, or the world stops. */
  #listen(): Promise<void> {
    const { cpo, emsps, steering, cpoBookings, emspBookings } = this.#parts
    const around = {
      connections: this.#connections,
      signal: this.#doors.signal,
      tell: this.#tell,
      track: (work: Promise<void>) => this.#running.push(work),
    }
    return listen(around, {
      cpo: { node: this.options.cpo, back: cpo, bookings: this.#books ? cpoBookings : undefined },
      emsps: emsps.map((emsp, index) => ({
        node: emsp.party,
        back: emsp.back,
        bookings: index === 0 && this.#books ? emspBookings : undefined,
        steering: index === 0 ? steering : undefined,
        onConnect: () => void this.#askForMissing(emsp),
      })),
    })
  }

  #live(): void {
    const { clock, cpo, emsps, drivers, bookers, runId, cpoBookings, emspBookings, places } = this.#parts
    const site = {
      ...this.#parts.site,
      evses: this.#parts.site.evses.filter((evse) => !places.evses.has(evse)),
    }
    const [first, second] = bookers
    const { seed } = this.options
    const onFailure = (reason: string) => this.#tally.failed(reason)
    const shared = { seed, site, cpo, clock, tell: this.#tell, signal: this.#life.signal }
    const rates = { ...DEFAULT_RATES, ...this.options.rates }
    const lives = [
      liveMishaps({ ...shared, rates }),
      ...drivers.map((driver) => {
        const emsp = (emsps[driver.issuer] ?? emsps[0]).back
        return liveDriver({ ...shared, runId, emsp, onFailure }, driver)
      }),
      ...(first === undefined || second === undefined
        ? []
        : [
            liveBookings(
              { ...shared, runId, cpoBookings, emspBookings },
              [first, second],
              this.options.bookings ?? 0,
            ),
          ]),
    ]
    for (const life of [...lives, this.#liveFaults()])
      this.#running.push(
        life.catch((error: unknown) => {
          const reason = error instanceof Error ? error.message : 'unknown'
          this.#tell({ type: 'trouble', door: 'cpo', doing: 'living', reason })
        }),
      )
  }

  async #liveFaults(): Promise<void> {
    const { network, faults, cpo, emsp } = this.options
    const { clock, site, cpo: back, runId, places } = this.#parts
    if (faults !== 'all' || network === undefined) return
    const signal = this.#life.signal
    const doors = {
      cpoApi: this.#api(cpo, 'faults cpo', SLOW_MS),
      emspApi: this.#api(emsp, 'faults emsp', SLOW_MS),
    }
    const { misbehave } = places
    await liveFaults(
      { ...doors, cpo, emsp, site, back, clock, network, signal, misbehave, runId, tell: this.#tell },
      places,
    )
  }

  /** CDRs that were written while the stream of their eMSP was down. */
  async #askForMissing({ party, api, back }: EmspPart): Promise<void> {
    for (const cdr of [...this.#awaited.values()].filter((each) => isOf(each, party))) {
      const address = path('cdrs', cdr.country_code, cdr.party_id, cdr.id)
      const answer = await api.call('GET', address)
      if (answer.kind === 'ok') back.onEvent({ type: 'cdr.created', subject: cdr.id, data: answer.body })
    }
  }

  #onWritten(written: WrittenCdr): void {
    const { cdr } = written
    this.#tally.written(written)
    // NOTE: CDRs of other providers' drivers do not come back.
    if (!this.#parts.emsps.some(({ party }) => isOf(cdr, party))) return
    if (!this.#early.delete(cdr.id)) this.#awaited.set(cdr.id, cdr)
  }

  /** Counts only CDRs of this run; older ones may come along with the stream. */
  #onBooked(cdr: CDR, verdict: Verdict): void {
    if (!cdr.id.startsWith(`cdr-${this.#parts.runId}-`)) return
    if (!this.#awaited.delete(cdr.id)) this.#early.add(cdr.id)
    this.#tally.booked(cdr, verdict)
    this.#delivered += 1
    const { sessions } = this.options
    if (sessions !== undefined && this.#delivered >= sessions) void this.stop()
  }

  readonly #tell = (happening: Happening): void => {
    this.#tally.saw(happening)
    if (this.#doors.signal.aborted) return
    // NOTE: spreading a union with `at` loses which kind it is; every kind is a Happening plus `at`.
    const event: WorldEvent = { ...happening, at: isoOfS(this.#parts.clock.nowS()) }
    try {
      this.options.onStep?.(event)
    } catch {
      // A spectator's mistake is not the world's.
    }
  }

  /** Waits until the last CDRs have come through; the caller limits the time. */
  async #deliveries(): Promise<void> {
    while (this.#awaited.size > 0 && !this.#doors.signal.aborted) await sleepMs(50, this.#doors.signal)
  }

  async #stop(): Promise<WorldSummary> {
    this.#life.abort()
    const closing = this.#parts.cpo
      .close('world stopped')
      .then(() => Promise.allSettled(this.#statuses.map((feed) => feed.settled())))
      .then(() => this.#parts.steering?.settled())
      .then(() => this.#deliveries())
    await Promise.race([closing, sleepMs(CLOSING_MS, this.#doors.signal)])
    this.#doors.abort()
    await Promise.allSettled(this.#running)
    this.#connections.close()
    const summary = this.summary()
    this.#finish(summary)
    return summary
  }
}

/** A charging world over the operator APIs of its nodes. Nothing happens before `start()`. */
export const createWorld = (options: WorldOptions): World => new SimulatedWorld(options)
