import type { ObjectKey, StoredObject } from './objects.js'

/** A tariff as it was for a while. */
export type TariffState = Pick<
  StoredObject,
  'document' | 'lastUpdated' | 'versionIn' | 'unmapped' | 'receivedFrom' | 'changedSeq' | 'deletedAt'
> & {
  /** ISO time at which the next state was stored here; null for the present one. */
  readonly replacedAt: string | null
}

/** Every state a tariff had: sessions of the past are priced and audited by the one of their time (TAR-004). */
export interface TariffHistory {
  /** States with `changedSeq` below `before`, the newest first, the present one included. */
  list(
    key: ObjectKey,
    query: { readonly before?: number; readonly limit: number },
  ): Promise<readonly TariffState[]>
  /** The state that was in force at an ISO time: the last whose `last_updated` is not after it; undefined when there was none. */
  at(key: ObjectKey, time: string): Promise<TariffState | undefined>
  /** Drops states that were replaced before an ISO time; answers how many. */
  prune(before: string): Promise<number>
}
