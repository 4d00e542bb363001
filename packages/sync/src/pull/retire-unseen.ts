import type { ObjectKind } from '@interwatt/protocol'
import type { Partner, PullState } from '@interwatt/store'
import type { SyncDeps } from '../ports.js'
import type { PullModule } from './pull-legs.rules.js'
import { nameOf } from './read-items.js'

const keysPerStep = 500

/** Retires what a complete crawl without date filters did not see; the number of objects (LOC-012, TOK-006). */
export const retireUnseen = async (
  deps: Pick<SyncDeps, 'sync' | 'retire'>,
  crawled: {
    readonly partner: Partner
    readonly module: PullModule
    readonly crawl: NonNullable<PullState['crawl']>
    readonly signal: AbortSignal
  },
): Promise<number> => {
  const { partner, module, crawl, signal } = crawled
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
    await deps.retire(partner, keys)
    // Some kinds stay as rows in another state: each is looked at once.
    await deps.sync.markSeen(crawl.id, keys)
    retired += keys.length
  }
  return retired
}
