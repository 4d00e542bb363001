import type { ModuleId } from '@interwatt/protocol'
import type { ObjectKey } from './objects.js'

/** Delivery state of one partner: one worker at a time holds the lease. */
export interface SyncPartner {
  readonly partnerId: string
  /** Per module: everything up to this `changedSeq` is acknowledged or refused. */
  readonly cursors: Readonly<Partial<Record<ModuleId, number>>>
  /** Consecutive outages; 0 when the breaker is closed. */
  readonly outages: number
  /** ISO time before which nothing is sent; null when the breaker is closed. */
  readonly retryAt: string | null
  readonly lastError: string | null
  readonly lastSuccessAt: string | null
}

/** The partner answered and said no; kept until a later push of the object succeeds. */
export interface Refusal {
  readonly partnerId: string
  readonly key: ObjectKey
  readonly seq: number
  readonly httpStatus: number
  readonly statusCode: number
  readonly message: string
  readonly at: string
}

/** A CDR posted to a partner: `unknown` when no answer came, to be checked before another POST. */
export interface CdrDelivery {
  readonly partnerId: string
  readonly key: ObjectKey
  readonly state: 'unknown' | 'delivered'
  readonly locationUrl: string | null
}

export interface PullState {
  readonly partnerId: string
  readonly module: ModuleId
  /** A crawl in progress: `full` has no date filters and may retire what it did not see. */
  readonly crawl: {
    readonly id: string
    readonly mode: 'full' | 'delta'
    readonly nextUrl: string | null
    readonly startedAt: string
    readonly dateFrom: string | null
  } | null
  /** Largest `last_updated` received, as sent by the partner's clock. */
  readonly watermark: string | null
  readonly lastFullAt: string | null
  readonly lastDeltaAt: string | null
  /** When the next crawl is due, with jitter. */
  readonly dueAt: string | null
  readonly lastError: string | null
}

export interface SyncStore {
  /** Leases one partner that nobody holds, whose breaker lets it be tried, longest untouched first. */
  lease(workerId: string, leaseMs: number, now: string): Promise<SyncPartner | undefined>
  renew(workerId: string, partnerId: string, leaseMs: number, now: string): Promise<boolean>
  release(workerId: string, partnerId: string): Promise<void>
  ensure(partnerId: string): Promise<void>
  get(partnerId: string): Promise<SyncPartner | undefined>
  moveCursor(partnerId: string, module: ModuleId, seq: number): Promise<void>
  recordOutage(partnerId: string, error: string, retryAt: string): Promise<void>
  recordSuccess(partnerId: string, at: string): Promise<void>
  recordRefusal(refusal: Refusal): Promise<void>
  clearRefusal(partnerId: string, key: ObjectKey): Promise<void>
  refusals(query: { readonly partnerId?: string; readonly limit: number }): Promise<readonly Refusal[]>
  cdrDelivery(partnerId: string, key: ObjectKey): Promise<CdrDelivery | undefined>
  putCdrDelivery(delivery: CdrDelivery): Promise<void>
  pull(partnerId: string, module: ModuleId): Promise<PullState | undefined>
  putPull(state: PullState): Promise<void>
  /** Marks objects as seen by a full crawl. */
  markSeen(crawlId: string, keys: readonly ObjectKey[]): Promise<void>
  /** Live objects of these kinds received from the partner before the crawl started that it did not see. */
  unseen(query: {
    readonly crawlId: string
    readonly partnerId: string
    readonly kinds: readonly ObjectKey['kind'][]
    readonly before: string
    readonly limit: number
  }): Promise<readonly ObjectKey[]>
  forgetCrawl(crawlId: string): Promise<void>
  /** Drops everything known about the partner's delivery: full resync, or removal. */
  reset(partnerId: string): Promise<void>
}
