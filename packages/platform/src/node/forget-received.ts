import { randomUUID } from 'node:crypto'
import type { ObjectKind } from '@interwatt/protocol'
import type { ObjectStore, Partner, SyncStore } from '@interwatt/store'
import type { SyncDeps } from '@interwatt/sync'

/** Kinds that stop counting when their partner leaves; sessions, CDRs, bookings, confirmations and invoice records stay (CRD-066). */
const WITHDRAWN: readonly ObjectKind[] = [
  'location',
  'tariff',
  'token',
  'client_info',
  'terminal',
  'booking_location',
]
const KEYS_PER_STEP = 500

/** Withdraws what a partner that left had sent: a crawl that saw nothing. */
export const forgetReceived = async (
  deps: { readonly objects: ObjectStore; readonly sync: SyncStore; readonly withdraw: SyncDeps['retire'] },
  partner: Partner,
): Promise<void> => {
  const nothingSeen = {
    crawlId: randomUUID(),
    partnerId: partner.id,
    kinds: WITHDRAWN,
    // NOTE: what comes later is of a new registration, which may begin while this still runs.
    beforeSeq: await deps.sync.newestSeq(WITHDRAWN),
    limit: KEYS_PER_STEP,
  }
  for (;;) {
    const keys = await deps.sync.unseen(nothingSeen)
    if (keys.length === 0) return
    await deps.withdraw(partner, keys)
  }
}
