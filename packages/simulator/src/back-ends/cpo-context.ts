import type { WorldRates } from '../rates.js'
import type { Tariff } from '../tariffs.js'
import type { WorldClock } from '../world/clock.js'
import type { Site, SiteEvse } from '../world/site.js'
import type { Tell } from '../world-event.js'
import type { CDR, Party } from './documents.js'
import type { Misbehaviour } from './misbehaviour.js'
import type { OperatorApi } from './operator-api.js'

/** Where a CDR comes from. */
export interface CdrOrigin {
  readonly sessionId: string
  readonly timeZone: string
  /** Energy is to be billed above the tariff. */
  readonly dear?: true
}

/** What every part of the CPO back end works with. */
export interface CpoContext {
  readonly seed: number
  /** Makes ids of this run differ from those of earlier runs against the same node. */
  readonly runId: string
  readonly party: Party
  readonly site: Site
  readonly tariffs: readonly Tariff[]
  readonly clock: WorldClock
  readonly api: OperatorApi
  readonly rates: WorldRates
  readonly tell: Tell
  /** Shortest real time between two meter reports of a session, in milliseconds. */
  readonly pushEveryMs: number
  /** How long somebody from outside takes to plug in, in real milliseconds. */
  readonly cableMs: number
  /** Whether a token is that of a driver of this world; all others are of people from outside. */
  isDriver(tokenUid: string): boolean
  /** Whether the one with this token meets no mishap by chance. */
  isLucky(tokenUid: string): boolean
  /** What is to go wrong at an EVSE; undefined when all goes well. */
  misbehaviourAt(site: SiteEvse): Misbehaviour | undefined
  /** Aborted when the world stops. */
  readonly signal: AbortSignal
  /** Hands a CDR to the node; resolves when it is there or cannot be brought there. */
  writeCdr(cdr: CDR, of: CdrOrigin): Promise<void>
}
