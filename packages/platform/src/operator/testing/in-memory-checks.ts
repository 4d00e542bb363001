import type { CdrCheckRecord, CdrReview, ObjectKey, StoredObject } from '@interwatt/store'
import type { CdrCheckService } from '../../cdr-checks/port.js'
import { problem } from '../../result.js'

const AT = '2026-03-01T10:00:00.000Z'

const AGREES: CdrCheckRecord['result'] = {
  outcome: 'agrees',
  checkedAt: AT,
  difference: { before_taxes: 0 },
  findings: [],
  report: { currency: 'EUR', total: { before_taxes: 5 }, lines: [] },
  basis: { policy: {}, tolerance: 1 },
}

/** Checks of the CDRs of an in-memory node: every one agrees. */
export const checksInMemory = (cdrOf: (key: ObjectKey) => StoredObject | undefined): CdrCheckService => {
  const reviews = new Map<string, CdrReview[]>()
  const shown = (key: ObjectKey) => {
    const cdr = cdrOf(key)
    if (cdr === undefined) return problem(404, 'No such CDR', 'There is no CDR of this id here.')
    const history = reviews.get(key.id) ?? []
    const record = { result: AGREES, review: history[0] ?? null }
    return { kind: 'done' as const, value: { cdr, record, history } }
  }
  return {
    summaries: async (cdrs) =>
      cdrs.map(({ id }) => ({
        outcome: 'agrees',
        difference: { before_taxes: 0 },
        state: reviews.get(id)?.[0]?.state ?? 'open',
        codes: [],
      })),
    get: async (key) => shown(key),
    check: async (key) => shown(key),
    async review(key, decision) {
      reviews.set(key.id, [{ ...decision, at: AT }, ...(reviews.get(key.id) ?? [])])
      return shown(key)
    },
  }
}
