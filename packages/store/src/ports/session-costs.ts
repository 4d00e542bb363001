import type { NodeEvent } from './events.js'
import type { Document, ObjectKey, StoredObject } from './objects.js'

/** What a session costs as of one of its updates. */
export interface SessionCostRecord {
  /** The update it was computed from. */
  readonly changedSeq: number
  /** ISO time. */
  readonly pricedAt: string
  /** The cost with its explanation, as the operator API shows it. */
  readonly cost: Document
}

/** Sessions that were updated since prices were last computed. */
export interface UpdatedSessions {
  readonly sessions: readonly StoredObject[]
  /** Proof of where this begins, and where it ends. */
  readonly from: number
  readonly through: number
}

/** The cost of one session, and what is to be told of it. */
export interface PricedSession {
  readonly session: ObjectKey
  readonly record: SessionCostRecord
  readonly events: readonly NodeEvent[]
}

/** Storage of running costs. Which sessions are to be priced follows from the sessions stored: nobody has to remember. */
export interface SessionCostStore {
  /** Sessions updated since the last `store`, oldest update first, at most `limit`. */
  updated(limit: number): Promise<UpdatedSessions>
  /** Stores costs with their events, all or nothing; false when another node has done so for these updates. */
  store(
    updates: Pick<UpdatedSessions, 'from' | 'through'>,
    costs: readonly PricedSession[],
    at: string,
  ): Promise<boolean>
  get(session: ObjectKey): Promise<SessionCostRecord | undefined>
}
