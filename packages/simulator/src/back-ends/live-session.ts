import type { JsonObject } from '@interwatt/protocol'
import { linkAbort } from '../abort.js'
import { grossOf } from '../gross.js'
import type { Tariff } from '../tariffs.js'
import {
  authorLedger,
  book,
  bookedWh,
  type Ledger,
  openLedger,
  periodsOf,
  withReservation,
} from '../world/ledger.js'
import {
  afterSlice,
  isCharging,
  type Metering,
  nextSlice,
  type Slice,
  socPermille,
  startMetering,
} from '../world/meter.js'
import { powerW } from '../world/power.js'
import { type Limits, limitAt, limitInW, limitStops, readLimits } from '../world/profile.js'
import type { PluggedCar, SiteEvse } from '../world/site.js'
import type { CpoContext } from './cpo-context.js'
import {
  cdrDocument,
  type Session,
  type SessionFacts,
  type SessionState,
  sessionDocument,
} from './documents.js'
import { createLatest, type Latest } from './latest.js'
import { path } from './operator-api.js'
import { createStamps } from './stamps.js'

export type SessionFeed = Latest<Session>

/** A charging session under way. */
export interface LiveSession {
  readonly facts: SessionFacts
  readonly site: SiteEvse
  /** Ends the session now, in virtual time; later calls change nothing. */
  stop(reason: string): void
  /** Whether the car still asks for power. */
  charging(): boolean
  /** Follows a charging profile from now on, or none; false when it cannot be followed. */
  follow(profile: JsonObject | undefined): boolean
  /** The profile it follows. */
  limits(): Limits | undefined
  /** Charges as the driver prefers from now on: with so much of the power, by another tariff where there is one. */
  prefer(preference: Preference): boolean
  /** True from the moment it was stopped, while its last state and CDR may still be under way. */
  ended(): boolean
  /** Resolves when the session is over and its CDR was handed to the node. */
  readonly over: Promise<void>
}

/** How a driver wants to charge. */
export interface Preference {
  /** Share of the power that car and connector could do, in percent. */
  readonly powerPercent: number
  /** What the whole session is priced with; the tariff it has when undefined. */
  readonly tariff: Tariff | undefined
}

export interface SessionStart {
  readonly facts: SessionFacts
  readonly site: SiteEvse
  readonly plugged: PluggedCar
  readonly tariff: Tariff
  readonly by: 'card' | 'command' | 'reservation'
  readonly startedS: number
  /** Virtual seconds between the permission and the first energy. */
  readonly handshakeS: number
  /** The reservation this session grew from. */
  readonly reservation: { readonly fromS: number; readonly feed: SessionFeed } | undefined
  /** Waits for the cable: true when the car is plugged in, false when it never comes. The car is there when left out. */
  readonly arrival?: (signal: AbortSignal) => Promise<boolean>
  /** Shortest real time between two meter reports, in milliseconds; that of the world when left out. */
  readonly pushEveryMs?: number
}

/** Whether what was told is still so. */
const goesOn = (
  known: NonNullable<Session['charging_periods']>,
  all: NonNullable<Session['charging_periods']>,
): boolean => known.every((period, index) => JSON.stringify(period) === JSON.stringify(all[index]))

const changesOf = (now: Session, before: Session): Partial<Session> | undefined => {
  const known = before.charging_periods ?? []
  const all = now.charging_periods ?? []
  if (all.length < known.length || !goesOn(known, all)) return undefined
  const { charging_periods: _now, ...fields } = now
  const { charging_periods: _before, ...old } = before
  const previous = new Map<string, string>(
    Object.entries(old).map(([key, value]) => [key, JSON.stringify(value)]),
  )
  const changed = Object.entries(fields).filter(([key, value]) => previous.get(key) !== JSON.stringify(value))
  const added = all.slice(known.length)
  return { ...Object.fromEntries(changed), ...(added.length === 0 ? {} : { charging_periods: added }) }
}

/**
 * Sends the states of one Session: PUT first, then PATCH with what changed and new periods only (SES-030). The first one
 * leaves after `delayMs` of real time.
 */
export const createSessionFeed = (context: CpoContext, id: string, delayMs = 0): SessionFeed => {
  const address = `/sessions${path(context.party.countryCode, context.party.partyId, id)}`
  let delay = delayMs
  return createLatest(async (state, arrived) => {
    if (delay > 0) await context.clock.sleepRealMs(delay, context.signal)
    delay = 0
    const patch = arrived === undefined ? undefined : changesOf(state, arrived)
    if (patch !== undefined) {
      const answer = await context.api.call('PATCH', address, patch)
      if (answer.kind === 'ok') return true
      if (answer.kind === 'refused' && answer.status !== 404)
        context.tell({ type: 'trouble', door: 'cpo', doing: `PATCH session ${id}`, reason: answer.reason })
    }
    const answer = await context.api.call('PUT', address, state)
    if (answer.kind === 'ok') return true
    context.tell({ type: 'trouble', door: 'cpo', doing: `PUT session ${id}`, reason: answer.reason })
    return false
  })
}

const MAX_PERIOD_S = { dc: 5 * 60, ac: 15 * 60 }

const emptyLedger = ({ tariff, facts }: SessionStart, startS: number): Ledger =>
  openLedger({
    tariff,
    timeZone: facts.location.time_zone,
    startS,
    maxPeriodS: facts.connector.power_type === 'DC' ? MAX_PERIOD_S.dc : MAX_PERIOD_S.ac,
  })

/** What holds the power down. */
interface Power {
  readonly limits: Limits | undefined
  readonly percent: number
}

/** The mutable heart of one session; everything it decides is in the pure modules of `world/`. */
class SessionRun {
  readonly #stopping = new AbortController()
  readonly #feed: SessionFeed
  readonly #stamp: () => string
  #ledger: Ledger
  #metering: Metering
  #stopS: number | undefined
  #reason = 'stopped'
  #limits: Limits | undefined
  /** A change of limits that has not taken effect yet, and since when it should. */
  #change: (Power & { readonly fromS: number }) | undefined
  #percent = 100
  #wake = (): void => undefined
  #pushedMs = 0
  #startS: number
  #tariff: Tariff

  constructor(
    private readonly context: CpoContext,
    private readonly start: SessionStart,
  ) {
    const delayMs = context.misbehaviourAt(start.site)?.sessionDelayMs
    this.#feed = start.reservation?.feed ?? createSessionFeed(context, start.facts.id, delayMs)
    // NOTE: a session runs by the clock of its station. Stamps of another clock would make it last for weeks.
    this.#stamp = createStamps(() => context.clock.nowS() * 1000)
    this.#startS = start.startedS
    this.#tariff = start.tariff
    this.#ledger = emptyLedger(start, start.startedS)
    this.#metering = this.#meteringAt(start.startedS)
  }

  #meteringAt(atS: number): Metering {
    const { car, socPercent, targetPercent } = this.start.plugged
    return startMetering({ car, connector: this.start.facts.connector, atS, socPercent, targetPercent })
  }

  stop(reason: string): void {
    if (this.#stopS !== undefined) return
    this.#stopS = Math.max(this.#metering.atS, this.context.clock.nowS())
    this.#reason = reason
    this.#stopping.abort()
  }

  follow(profile: JsonObject | undefined): boolean {
    const limits = profile && readLimits(profile, this.#startS)
    if (this.#stopS !== undefined || (profile !== undefined && limits === undefined)) return false
    this.#apply({ limits, percent: this.#power().percent })
    return true
  }

  prefer({ powerPercent, tariff }: Preference): boolean {
    if (this.#stopS !== undefined) return false
    if (tariff !== undefined) {
      this.#tariff = tariff
      this.#ledger = { ...this.#ledger, tariff }
    }
    this.#apply({ limits: this.limits(), percent: powerPercent })
    return true
  }

  #power(): Power {
    return this.#change ?? { limits: this.#limits, percent: this.#percent }
  }

  #apply(power: Power): void {
    this.#change = { ...power, fromS: Math.max(this.#metering.atS, this.context.clock.nowS()) }
    this.#wake()
  }

  limits(): Limits | undefined {
    return this.#power().limits
  }

  charging(): boolean {
    return this.#stopS === undefined && isCharging(this.#metering)
  }

  ended(): boolean {
    return this.#stopS !== undefined
  }

  async run(): Promise<void> {
    const { arrival, reservation, handshakeS } = this.start
    if (reservation === undefined || arrival !== undefined) this.#push('PENDING', undefined)
    if (arrival !== undefined && !(await arrival(this.#stopping.signal))) {
      this.stop('cable not plugged in')
      return this.#neverStarted()
    }
    const beginS = Math.max(this.start.startedS, this.#came(arrival)) + handshakeS
    await this.context.clock.sleepUntilS(beginS, this.#stopping.signal)
    if (this.#stopS !== undefined && this.#stopS <= beginS) return this.#neverStarted()
    this.#begin(beginS)
    await this.#charge()
    await this.#finish()
  }

  /** When the car is there. */
  #came(arrival: SessionStart['arrival']): number {
    return arrival === undefined ? this.start.startedS : this.context.clock.nowS()
  }

  #begin(beginS: number): void {
    const { reservation, facts, by, site } = this.start
    const ledger = emptyLedger({ ...this.start, tariff: this.#tariff }, beginS)
    this.#startS = beginS
    this.#ledger = reservation === undefined ? ledger : withReservation(ledger, reservation.fromS)
    this.#metering = this.#meteringAt(beginS)
    this.context.tell({
      type: 'session.started',
      session: facts.id,
      evse: site.key,
      tokenUid: facts.token.uid,
      by,
      emsp: `${facts.token.country_code}*${facts.token.party_id}`,
    })
    this.#push('ACTIVE', undefined)
  }

  async #charge(): Promise<void> {
    let periods = periodsOf(this.#ledger).length
    let wasCharging = isCharging(this.#metering)
    while (this.#metering.atS < (this.#stopS ?? Number.POSITIVE_INFINITY)) {
      const slice = this.#nextSlice(this.#stopS ?? this.#change?.fromS)
      if (this.#stopS === undefined && slice.endS <= this.#metering.atS) {
        this.#applyChange()
        continue
      }
      await this.#sleepUntil(slice.endS)
      if (slice.endS > (this.#stopS ?? this.#change?.fromS ?? slice.endS)) continue
      this.#ledger = book(this.#ledger, slice)
      this.#metering = afterSlice(this.#metering, slice)
      const everyMs = this.start.pushEveryMs ?? this.context.pushEveryMs
      const due = this.context.clock.realMs() - this.#pushedMs >= everyMs
      const known = periods
      periods = periodsOf(this.#ledger).length
      if (due || periods > known) this.#report(slice.powerW)
      if (wasCharging && !isCharging(this.#metering))
        this.context.tell({ type: 'session.parked', session: this.start.facts.id })
      wasCharging = isCharging(this.#metering)
    }
  }

  /** The next stretch under the limits that hold at its beginning. */
  #nextSlice(untilS: number | undefined): Slice {
    const { car, connector, atS } = this.#metering
    const limitW = Math.min(limitInW(limitAt(this.#limits, atS), connector, car.acPhases), this.#preferredW())
    const stops = [...limitStops(this.#limits), ...this.#reportStops(atS)]
    return nextSlice(this.#metering, untilS ?? Number.POSITIVE_INFINITY, stops, limitW)
  }

  #preferredW(): number {
    const { car, connector } = this.#metering
    if (this.#percent >= 100) return Number.POSITIVE_INFINITY
    return Math.floor((powerW(car, connector, socPermille(this.#metering)) * this.#percent) / 100)
  }

  /** Where time passes slowly, a minute is too long for who looks on. */
  #reportStops(atS: number): readonly number[] {
    const { pushEveryMs } = this.start
    if (pushEveryMs === undefined) return []
    return [atS + Math.max(1, Math.ceil((pushEveryMs / 1000) * this.context.clock.speed))]
  }

  /** Other limits hold from the present reading on. */
  #applyChange(): void {
    this.#limits = this.#change?.limits
    this.#percent = this.#change?.percent ?? this.#percent
    this.#change = undefined
  }

  async #sleepUntil(atS: number): Promise<void> {
    const turn = linkAbort(this.#stopping.signal)
    this.#wake = turn.abort
    await this.context.clock.sleepUntilS(atS, turn.signal)
    turn.release()
  }

  #report(powerW: number): void {
    this.#push('ACTIVE', undefined)
    const total = authorLedger(this.#ledger)?.total_cost
    this.context.tell({
      type: 'session.metered',
      session: this.start.facts.id,
      kwh: bookedWh(this.#ledger) / 1000,
      powerKw: powerW / 1000,
      socPercent: Math.floor(socPermille(this.#metering) / 10),
      net: total?.before_taxes,
      gross: total === undefined ? undefined : grossOf(total),
      currency: this.start.tariff.currency,
    })
  }

  #state(status: Session['status'], endS: number | undefined): SessionState {
    return {
      status,
      startS: this.#startS,
      endS,
      ledger: this.#ledger,
      lastUpdated: this.#stamp(),
    }
  }

  #push(status: Session['status'], endS: number | undefined): void {
    this.#pushedMs = this.context.clock.realMs()
    this.#feed.set(sessionDocument(this.start.facts, this.#state(status, endS)))
  }

  async #neverStarted(): Promise<void> {
    this.#push('INVALID', this.#stopS)
    this.context.tell({ type: 'session.ended', session: this.start.facts.id, kwh: 0, reason: this.#reason })
    await this.#feed.settled()
  }

  async #finish(): Promise<void> {
    const kwh = bookedWh(this.#ledger) / 1000
    this.#push('COMPLETED', this.#metering.atS)
    this.context.tell({ type: 'session.ended', session: this.start.facts.id, kwh, reason: this.#reason })
    await this.#feed.settled()
    const state = this.#state('COMPLETED', this.#metering.atS)
    const { facts } = this.start
    const cdr = cdrDocument(facts, facts.id.replace(/^ses-/, 'cdr-'), state)
    const wrong = this.context.misbehaviourAt(this.start.site)?.cdr
    if (cdr === undefined || wrong === 'none') return
    if (typeof wrong === 'object') await this.context.clock.sleepRealMs(wrong.delayMs, this.context.signal)
    const origin = { sessionId: facts.id, timeZone: facts.location.time_zone }
    await this.context.writeCdr(cdr, wrong === 'dear' ? { ...origin, dear: true } : origin)
  }
}

/** Starts a session at an EVSE with a plugged car; it runs until it is stopped. */
export const startSession = (context: CpoContext, start: SessionStart): LiveSession => {
  const run = new SessionRun(context, start)
  return {
    facts: start.facts,
    site: start.site,
    stop: (reason) => run.stop(reason),
    charging: () => run.charging(),
    follow: (profile) => run.follow(profile),
    prefer: (preference) => run.prefer(preference),
    limits: () => run.limits(),
    ended: () => run.ended(),
    over: run.run().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : 'unknown'
      context.tell({ type: 'trouble', door: 'cpo', doing: `session ${start.facts.id}`, reason })
    }),
  }
}
