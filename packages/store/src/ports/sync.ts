import type { ModuleId } from '@interwatt/protocol'
import type { ObjectKey, StoredObject } from './objects.js'

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
  /** Per module: ISO time up to which it was told what the clock alone changed; left out before the first time. */
  readonly clocks: Readonly<Partial<Record<ModuleId, string>>>
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

/** A list of a partner that is read: most modules have one, named like the module; Bookings and Payments have two. */
export type PulledList =
  | ModuleId
  | 'booking_locations'
  | 'payments/terminals'
  | 'payments/financial-advice-confirmations'

/** How far a list of a partner has been read. */
export interface PullState {
  readonly partnerId: string
  readonly module: PulledList
  /** A crawl in progress: `full` has no date filters and may retire what it did not see. */
  readonly crawl: {
    readonly id: string
    readonly mode: 'full' | 'delta'
    readonly nextUrl: string | null
    readonly startedAt: string
    readonly dateFrom: string | null
    /** `newestSeq` when the crawl began: what changed since is known to be alive. */
    readonly startedSeq: number
    /** Pair of parties that is being asked, in the order of the plan; a platform is asked once per party. */
    readonly leg: number
    readonly pages: number
    /** Total of the last page. */
    readonly total: number | null
    /** False when objects may have been missed: such a crawl retires nothing. */
    readonly complete: boolean
    /** Largest `last_updated` seen by this crawl. */
    readonly watermark: string | null
    /** The asking that this crawl answers when it is finished. */
    readonly answers?: string
  } | null
  /** Largest `last_updated` received, as sent by the partner's clock. */
  readonly watermark: string | null
  readonly lastFullAt: string | null
  readonly lastDeltaAt: string | null
  /** When the next crawl is due, with jitter. */
  readonly dueAt: string | null
  readonly lastError: string | null
  /** Crawls in a row that could not go on. */
  readonly failures: number
  /** Somebody asked for a crawl before its time: from when on, null for from the beginning. Left out where nobody did. */
  readonly asked?: AskedPull
}

/** A crawl that was asked for, and from when on changes may have been missed. */
export interface AskedPull {
  readonly id: string
  readonly since: string | null
}

/** Storage of what partners have got and what was read from them. */
export interface SyncStore {
  /** Leases one partner that nobody holds, whose breaker lets it be tried, longest untouched first. */
  lease(workerId: string, leaseMs: number, now: string): Promise<SyncPartner | undefined>
  renew(workerId: string, partnerId: string, leaseMs: number, now: string): Promise<boolean>
  release(workerId: string, partnerId: string): Promise<void>
  ensure(partnerId: string): Promise<void>
  /** `ensure` for many partners in one statement. */
  ensureMany(partnerIds: readonly string[]): Promise<void>
  /** Lets a partner be tried now although its breaker is open; the count of outages stays. */
  wake(partnerId: string): Promise<void>
  get(partnerId: string): Promise<SyncPartner | undefined>
  /** Moves the cursor if it still is `from` (when given); false when somebody else moved it, as a resync does. */
  moveCursor(partnerId: string, module: ModuleId, seq: number, from?: number): Promise<boolean>
  /** Everything of a module that the clock changed until this ISO time was told; never goes back. */
  moveClock(partnerId: string, module: ModuleId, at: string): Promise<void>
  /** Own EVSEs with a connector that lists one of these tariffs beside others, so that one of them is chosen. */
  evsesChoosing(tariffs: readonly ObjectKey[]): Promise<readonly StoredObject[]>
  /** Own tariffs that begin or cease to be valid on the days of a stretch of time, and some more; epoch milliseconds. */
  tariffsTurning(fromMs: number, untilMs: number): Promise<readonly StoredObject[]>
  recordOutage(partnerId: string, error: string, retryAt: string): Promise<void>
  recordSuccess(partnerId: string, at: string): Promise<void>
  recordRefusal(refusal: Refusal): Promise<void>
  clearRefusal(partnerId: string, key: ObjectKey): Promise<void>
  refusals(query: { readonly partnerId?: string; readonly limit: number }): Promise<readonly Refusal[]>
  cdrDelivery(partnerId: string, key: ObjectKey): Promise<CdrDelivery | undefined>
  putCdrDelivery(delivery: CdrDelivery): Promise<void>
  /** Known deliveries of these CDRs to a partner. */
  cdrDeliveries(partnerId: string, keys: readonly ObjectKey[]): Promise<readonly CdrDelivery[]>
  putCdrDeliveries(deliveries: readonly CdrDelivery[]): Promise<void>
  /** Forgets deliveries that never began; delivered ones stay. */
  dropCdrDeliveries(partnerId: string, keys: readonly ObjectKey[]): Promise<void>
  pull(partnerId: string, module: PulledList): Promise<PullState | undefined>
  /** Stores all but `asked`, which `askPull` and `answerPull` change. */
  putPull(state: PullState): Promise<void>
  /** Asks for these lists to be read before their time; what was asked before and not answered is widened. */
  askPull(partnerId: string, modules: readonly PulledList[], asked: AskedPull): Promise<void>
  /** The asking with this id is answered; a later one stays. */
  answerPull(partnerId: string, module: PulledList, id: string): Promise<void>
  /** Marks objects as seen by a full crawl. */
  markSeen(crawlId: string, keys: readonly ObjectKey[]): Promise<void>
  /** Live objects of these kinds received from the partner, unchanged since `beforeSeq`, that a crawl did not see. */
  unseen(query: {
    readonly crawlId: string
    readonly partnerId: string
    readonly kinds: readonly ObjectKey['kind'][]
    readonly beforeSeq: number
    readonly limit: number
  }): Promise<readonly ObjectKey[]>
  forgetCrawl(crawlId: string): Promise<void>
  /** Starts delivery and pull from nothing. CDRs once delivered stay delivered: they must not be billed twice. */
  reset(partnerId: string): Promise<void>
  /** Drops everything known about the delivery to a partner that left. */
  forget(partnerId: string): Promise<void>
  /** EVSE rows of these locations, removed ones included, in order of creation. */
  evsesOf(locations: readonly ObjectKey[]): Promise<readonly StoredObject[]>
  /** Sequence number of the newest committed change of these kinds, 0 when there is none. */
  newestSeq(kinds: readonly ObjectKey['kind'][]): Promise<number>
  /** Own objects of these kinds changed above `after`, counted up to `limit`. */
  countChanges(query: {
    readonly after: number
    readonly kinds: readonly ObjectKey['kind'][]
    readonly limit: number
  }): Promise<number>
}
