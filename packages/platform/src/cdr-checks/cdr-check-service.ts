import type { CdrCheckStore, ObjectKey, StoredObject } from '@interwatt/store'
import { reviewedEvent } from '../operator/cdr-check-views.js'
import type { Metrics } from '../operator/index.js'
import { problem, type Result } from '../result.js'
import { type CheckDeps, checkStored } from './check-stored.js'
import type { CdrCheckService, CheckedCdr } from './port.js'

export interface CdrCheckServiceDeps extends CheckDeps {
  readonly checks: CdrCheckStore
  readonly metrics: Pick<Metrics, 'cdrChecks' | 'cdrReviews'>
}

/** Decisions of one CDR that are shown. */
const HISTORY = 100

/** Checks of CDRs for the operator API. */
export const createCdrCheckService = (deps: CdrCheckServiceDeps): CdrCheckService => {
  const { checks, metrics } = deps
  const withCdr = async (
    key: ObjectKey,
    work: (cdr: StoredObject) => Promise<void>,
  ): Promise<Result<CheckedCdr>> => {
    const cdr = await deps.objects.get(key)
    if (cdr === undefined || cdr.deletedAt !== null)
      return problem(404, 'No such CDR', 'There is no CDR of this id here.')
    await work(cdr)
    return { kind: 'done', value: await shown(cdr) }
  }
  const shown = async (cdr: StoredObject): Promise<CheckedCdr> => {
    const [record, history] = await Promise.all([checks.get(cdr.key), checks.reviews(cdr.key, HISTORY)])
    return { cdr, record: record ?? { result: null, review: null }, history }
  }
  const nowIso = (): string => new Date(deps.now()).toISOString()
  return {
    summaries: (cdrs) => checks.summaries(cdrs),
    get: (key) => withCdr(key, async () => undefined),
    check: (key) =>
      withCdr(key, async (cdr) => {
        const { report, plan } = await checkStored(deps, cdr)
        let decided: string | undefined
        const change = {
          cdr: cdr.key,
          partnerId: cdr.receivedFrom,
          ends: null,
          plan(before: Parameters<typeof plan>[0]) {
            const planned = plan(before)
            decided = planned.review?.state
            return planned
          },
        }
        await checks.change([change], nowIso())
        metrics.cdrChecks.inc({ outcome: report.outcome })
        if (decided !== undefined) metrics.cdrReviews.inc({ state: decided, by: 'rule' })
      }),
    review: (key, { state, note, by }) =>
      withCdr(key, async (cdr) => {
        const review = { state, note, by, at: nowIso() }
        await checks.change(
          [
            {
              cdr: cdr.key,
              partnerId: cdr.receivedFrom,
              plan: (before) => ({
                record: { result: before?.result ?? null, review },
                review,
                events: [reviewedEvent(cdr, review)],
              }),
            },
          ],
          review.at,
        )
        metrics.cdrReviews.inc({ state, by: 'operator' })
      }),
  }
}
