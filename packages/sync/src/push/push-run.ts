import type { ClientPartner } from '@interwatt/client'
import { type PartyId, partyOf } from '@interwatt/protocol'
import type { Partner, StoredObject } from '@interwatt/store'
import type { SyncDeps, SyncLimits } from '../ports.js'
import type { Audience } from './audience.rules.js'
import type { Bodies } from './bodies.js'
import type { ChangeReader } from './change-reader.js'
import type { Changes } from './changes.js'
import type { Limiter } from './limiter.js'
import type { Line } from './object-requests.js'
import { judgeFailure, type RefusalText, type Verdict } from './outcome.rules.js'
import type { PartnerMemory } from './partner-memory.js'

/** A failure that is about the partner, not about an object. */
export type Failure = Extract<Verdict, { kind: 'unauthorized' | 'server_error' | 'unavailable' }>

/** One pass over everything a partner has not got yet. */
export interface PushRun {
  readonly deps: SyncDeps
  readonly limits: SyncLimits
  readonly partner: Partner
  readonly target: ClientPartner
  readonly audience: Audience
  readonly memory: PartnerMemory
  readonly reader: ChangeReader
  readonly bodies: Bodies
  readonly limiter: Limiter
  /** No new request begins once this is aborted. */
  readonly ending: AbortSignal
  /** Requests in flight end when this is aborted. */
  readonly signal: AbortSignal
  /** Called when the partner took something. */
  onDelivered(): void
  /** Notified when there is more to read. */
  readonly changes: Changes
  /** False once the partner is no longer as it was when the run began: left, suspended, new token. */
  stillOpen(): Promise<boolean>
  /** Set by the first failure about the partner; nothing new is begun afterwards. */
  failure: Failure | undefined
  /** By module, up to when the partner was told what the clock alone changed, in epoch milliseconds. */
  readonly clocksMs: Map<string, number>
  /** Set when the partner changed; the next run sees it as it is then. */
  closed: boolean
}

/** True when nothing new may begin. */
export const isOver = (run: PushRun): boolean => run.closed || run.ending.aborted || run.failure !== undefined

/** The time at which a module is sent, never before what was told by the clock: another node may have done so whose clock is ahead. */
export const clockOf = ({ deps, clocksMs }: PushRun, module: string): number =>
  Math.max(deps.clock(), clocksMs.get(module) ?? 0)

/** The requests go on behalf of the owner, to one party of the partner. */
export const lineTo = (run: PushRun, row: StoredObject, to: PartyId): Line => ({
  client: run.deps.client,
  partner: run.target,
  context: {
    from: partyOf(row.key.countryCode, row.key.partyId),
    to,
    timeoutMs: run.limits.requestTimeoutMs,
    signal: run.signal,
  },
})

/** Notes what the partner took; there is something to wait for only where it had refused the object before. */
export const noteDelivered = (run: PushRun, row: StoredObject): Promise<void> | undefined => {
  const clear = run.memory.recordDelivered(row)
  run.onDelivered()
  return clear ? run.deps.sync.clearRefusal(run.partner.id, row.key) : undefined
}

/** Stores why an object was not taken and goes on (design 6). A defect is ours: we may not send what we have. */
export const noteRefused = async (
  run: PushRun,
  row: StoredObject,
  refusal: RefusalText,
  defect = false,
): Promise<void> => {
  const partnerId = run.partner.id
  run.memory.recordRefused(row, refusal.message)
  const at = new Date(run.deps.clock()).toISOString()
  await run.deps.sync.recordRefusal({ partnerId, key: row.key, seq: row.changedSeq, ...refusal, at })
  const data = { key: row.key, ...refusal }
  run.deps.onEvent({ type: defect ? 'sync.push.defect' : 'sync.push.refused', subject: partnerId, data })
}

/** Decides about a failed push: again, give this object up, or stop and back off. */
export const judge = (run: PushRun, row: StoredObject, failure: Failure): 'retry' | 'refuse' | 'outage' => {
  if (failure.kind === 'unauthorized') return 'outage'
  // NOTE: a request ended by our own stop says nothing about the object or the partner.
  if (run.signal.aborted) return 'outage'
  return judgeFailure(failure.kind, run.memory.recordFailed(row))
}

/** Errors of a run, which are ours or the database's: the first closes it, and is thrown when all work has ended. */
export class RunErrors {
  private first: { readonly error: unknown } | undefined

  constructor(private readonly run: PushRun) {}

  readonly note = (error: unknown): void => {
    this.first ??= { error }
    this.run.closed = true
    this.run.changes.notify()
  }

  throwFirst(): void {
    if (this.first !== undefined) throw this.first.error
  }
}

/** Waits for every task, so that nothing of a run is in flight when the next one begins. */
export const allEnded = async (run: PushRun, tasks: readonly Promise<unknown>[]): Promise<void> => {
  const errors = new RunErrors(run)
  await Promise.all(tasks.map((task) => task.catch(errors.note)))
  errors.throwFirst()
}
