import type { Party } from './back-ends/documents.js'
import type { Door } from './back-ends/operator-api.js'
import type { SteeringPlan } from './back-ends/steering.js'
import type { TroubledNetwork } from './faults/network.js'
import type { WorldRates } from './rates.js'
import type { WorldSummary } from './tally.js'
import type { TariffDraft } from './tariffs.js'
import type { Location } from './world/site.js'
import type { WorldEvent } from './world-event.js'

/** A node's operator API and the party that uses it. */
export interface WorldParty extends Door, Party {
  /** Business name. */
  readonly name: string
}

/** An eMSP of a world. */
export interface WorldEmsp extends WorldParty {
  /** Whether its app offers reservations; default true. An eMSP that cannot tell what they cost may leave them out. */
  readonly reservations?: boolean
}

/** Which faults are acted out. */
export type FaultKind = 'billing' | 'all'

/** What a world is made from. */
export interface WorldOptions {
  readonly seed: number
  /** Virtual seconds per real second, at least 1. */
  readonly speed: number
  readonly cpo: WorldParty
  /** Has the drivers, or the first share of them; also the one that books and steers. */
  readonly emsp: WorldEmsp
  /** Further eMSPs; drivers belong to all of them in turn. None by default. */
  readonly otherEmsps?: readonly WorldEmsp[]
  /** Canonical (2.3.0) documents; owner and statuses are set by the world. */
  readonly locations: readonly Location[]
  /** Default `berlinTariffs`, or `faultTariffs` where the CPO overcharges. Connectors without one of these get one that suits them. */
  readonly tariffs?: readonly TariffDraft[]
  /** Default 8. */
  readonly drivers?: number
  /** Stop after this many CDRs were delivered to the eMSPs; runs until `stop()` when left out. */
  readonly sessions?: number
  readonly rates?: Partial<WorldRates>
  /** Booked visits to act out beside everything else, one after the other; none by default. */
  readonly bookings?: number
  /** Where virtual time begins; default 14 days ago. Never later than now. */
  readonly startAt?: Date
  /** Shortest real time between two meter reports of a session, in milliseconds; default 1,000. */
  readonly pushEveryMs?: number
  /** How long somebody from outside takes to plug in after a start, in real milliseconds; default 4,000. */
  readonly cableMs?: number
  /** Commands of people from outside meet none of the mishaps of `rates`; default false. */
  readonly luckyVisitors?: boolean
  /** How long the app waits for a result or a session, in real milliseconds; default 30,000. */
  readonly patienceMs?: number
  /** Lets the eMSP steer the power of its drivers' sessions; nobody does when left out. */
  readonly steering?: SteeringPlan
  /**
   * `billing` lets the CPO overcharge in its CDRs, in every way it can; `all` acts out every other way in which a charge fails, at
   * stations kept for that. Nothing of it when left out.
   */
  readonly faults?: FaultKind
  /** The way between the platforms; needed for `faults: 'all'`. */
  readonly network?: TroubledNetwork
  onStep?(event: WorldEvent): void
}

/** A running world. */
export interface World {
  /** Registers everything and begins; resolves when the world lives, or with the reason why it cannot. */
  start(): Promise<{ readonly kind: 'started' } | { readonly kind: 'failed'; readonly reason: string }>
  /** Ends running sessions, hands over their CDRs, stops every timer and request. May be called at any time. */
  stop(): Promise<WorldSummary>
  /** Resolves when the wanted number of CDRs was delivered or the world was stopped. Never rejects. */
  readonly done: Promise<WorldSummary>
  summary(): WorldSummary
}
