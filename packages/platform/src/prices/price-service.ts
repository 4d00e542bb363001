import type { ObjectKey, SessionCostRecord } from '@interwatt/store'
import { problem, type Result } from '../result.js'
import type { PriceSessionsDeps } from './price-sessions.js'
import { costOfSession, recordOf } from './session-cost.js'

/** What things cost, by what is known here. */
export interface PriceService {
  /** What a session costs as of its newest update. */
  session(session: ObjectKey): Promise<Result<SessionCostRecord>>
}

/** Prices for the operator API. A cost that is stored for an earlier update of its session is computed anew. */
export const createPriceService = (deps: PriceSessionsDeps): PriceService => ({
  async session(session) {
    const [stored, record] = await Promise.all([deps.objects.get(session), deps.costs.get(session)])
    if (stored === undefined || stored.deletedAt !== null)
      return problem(404, 'Not found', 'There is no such session.')
    if (record?.changedSeq === stored.changedSeq) return { kind: 'done', value: record }
    return { kind: 'done', value: recordOf(stored, await costOfSession(deps, stored), deps.now()) }
  },
})
