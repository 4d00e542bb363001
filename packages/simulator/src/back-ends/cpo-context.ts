import type { WorldRates } from '../rates.js'
import type { Tariff } from '../tariffs.js'
import type { WorldClock } from '../world/clock.js'
import type { Site } from '../world/site.js'
import type { Tell } from '../world-event.js'
import type { CDR, Party } from './documents.js'
import type { OperatorApi } from './operator-api.js'

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
  /** Aborted when the world stops. */
  readonly signal: AbortSignal
  /** Hands a CDR to the node; resolves when it is there or cannot be brought there. */
  writeCdr(cdr: CDR, of: { readonly sessionId: string; readonly timeZone: string }): Promise<void>
}
