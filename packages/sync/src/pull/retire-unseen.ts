import { type ObjectKind, type PartyId, sameParty } from '@interwatt/protocol'
import type { Partner, PullState } from '@interwatt/store'
import type { SyncDeps } from '../ports.js'
import type { PullModule } from './pull-legs.rules.js'
import { nameOf } from './read-items.js'

const keysPerStep = 500

interface RetireContext {
  readonly deps: Pick<SyncDeps, 'sync' | 'retire'>
  readonly partner: Partner
  readonly signal: AbortSignal
  offline(): Promise<readonly PartyId[]>
}

/**
 * Retires what a complete crawl without date filters did not see; the number of objects (LOC-012, TOK-006). What is of parties that the
 * hub says are OFFLINE stays: the hub could not ask them.
 */
export const retireUnseen = async (
  { deps, partner, signal, offline: readOffline }: RetireContext,
  { module, crawl }: { readonly module: PullModule; readonly crawl: NonNullable<PullState['crawl']> },
): Promise<number> => {
  const offline = module === 'hubclientinfo' ? [] : await readOffline()
  const kinds: readonly ObjectKind[] = [nameOf(module)]
  let retired = 0
  while (!signal.aborted) {
    const keys = await deps.sync.unseen({
      crawlId: crawl.id,
      partnerId: partner.id,
      kinds,
      beforeSeq: crawl.startedSeq,
      limit: keysPerStep,
    })
    if (keys.length === 0) break
    const gone = keys.filter((key) => !offline.some((party) => sameParty(party, key)))
    await deps.retire(partner, gone)
    // Some kinds stay as rows in another state: each is looked at once.
    await deps.sync.markSeen(crawl.id, keys)
    retired += gone.length
  }
  return retired
}
