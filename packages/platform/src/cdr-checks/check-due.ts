import type { CdrCheckStore, ClaimedCheck, ObjectKey } from '@interwatt/store'
import type { Metrics } from '../operator/index.js'
import { type CheckDeps, checkStored, type StoredCheck } from './check-stored.js'

export interface CheckDueDeps extends CheckDeps {
  readonly checks: CdrCheckStore
  readonly metrics: Pick<Metrics, 'cdrChecks' | 'cdrReviews'>
  logError(error: unknown): void
}

/** Few at a time: while they are stored, other writes wait. */
const AT_ONCE = 20
/** Longer than a batch takes on a slow database: a node that dies meanwhile leaves its CDRs to another. */
const LEASE_MS = 60_000
const LONGEST_WAIT_MS = 3_600_000

const retryAfterMs = (failures: number): number =>
  Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** Math.min(failures, 20))

interface Ready {
  readonly claim: ClaimedCheck
  /** Undefined for a CDR that is gone. */
  readonly check: StoredCheck | undefined
}

/** A CDR that cannot be checked is tried again later, and keeps no other from being checked. */
const prepare = async (deps: CheckDueDeps, claim: ClaimedCheck): Promise<readonly Ready[]> => {
  try {
    const stored = await deps.objects.get(claim.cdr)
    const check =
      stored === undefined || stored.deletedAt !== null ? undefined : await checkStored(deps, stored)
    return [{ claim, check }]
  } catch (error) {
    deps.logError(error)
    await deps.checks.postpone(claim, new Date(deps.now() + retryAfterMs(claim.failures)).toISOString())
    return []
  }
}

const count = ({ metrics }: CheckDueDeps, ready: readonly Ready[], changed: readonly string[]): void => {
  for (const { check } of ready)
    if (check !== undefined) metrics.cdrChecks.inc({ outcome: check.report.outcome })
  for (const state of changed) metrics.cdrReviews.inc({ state, by: 'rule' })
}

/** Checks what is due once; how many were claimed. */
const checkBatch = async (deps: CheckDueDeps): Promise<number> => {
  const { checks } = deps
  const nowMs = deps.now()
  const leaseUntil = new Date(nowMs + LEASE_MS).toISOString()
  const claims = await checks.claim(new Date(nowMs).toISOString(), leaseUntil, AT_ONCE)
  if (claims.length === 0) return 0
  const ready = (await Promise.all(claims.map((claim) => prepare(deps, claim)))).flat()
  const changed: string[] = []
  const now = new Date(deps.now()).toISOString()
  await checks.change(
    ready.map(({ claim, check }) => ({
      cdr: claim.cdr,
      partnerId: claim.partnerId,
      ends: claim.lease,
      plan(before) {
        const planned = check?.plan(before) ?? {
          record: before ?? { result: null, review: null },
          events: [],
        }
        if (planned.review !== undefined) changed.push(planned.review.state)
        return planned
      },
    })),
    now,
  )
  count(deps, ready, changed)
  const news = ready.flatMap(({ claim, check }): readonly ObjectKey[] =>
    claim.arrived && check !== undefined ? check.related : [],
  )
  await checks.again(news, now)
  return claims.length
}

/** Checks every CDR that is due, those that have just come first of all, until none is left or it is told to stop. */
export const checkDueCdrs = async (deps: CheckDueDeps, stopped: () => boolean): Promise<void> => {
  while (!stopped()) if ((await checkBatch(deps)) < AT_ONCE) return
}
