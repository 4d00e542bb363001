import type { SyncPartner } from '@interwatt/store'
import { memoryOf, type OpenPartner, type SyncNode } from './node.js'
import type { Changes } from './push/changes.js'
import { Limiter } from './push/limiter.js'
import { pushPartner } from './push/push-partner.js'
import type { Failure, PushRun } from './push/push-run.js'
import { backoffMs, unauthorizedLimit, unauthorizedWaitMs } from './push/retry.rules.js'

/** `ending`: nothing new begins; `signal`: requests in flight end. */
export interface Ends {
  readonly ending: AbortSignal
  readonly signal: AbortSignal
}

/** How a pass over a partner ended. */
export type PassEnd = 'idle' | 'again' | 'outage' | 'ended'

const unauthorizedText = 'unauthorized'

/** Pushes what the partner has not got; the first thing it takes closes its breaker, a failure opens it. */
export const pushPass = async (
  node: SyncNode,
  open: OpenPartner,
  pass: { readonly state: SyncPartner; readonly ends: Ends; readonly changes: Changes; onRecovered(): void },
): Promise<PassEnd> => {
  const { state, ends } = pass
  const { deps, limits } = node
  let success: Promise<void> | undefined
  const run: PushRun = {
    ...open,
    ...ends,
    deps,
    limits,
    memory: memoryOf(node, open.partner.id),
    reader: node.reader,
    bodies: node.bodies,
    limiter: new Limiter(state.outages > 0 ? 1 : limits.requestsPerPartner),
    failure: undefined,
    clocksMs: new Map(Object.entries(state.clocks).map(([module, at]) => [module, Date.parse(at)])),
    onDelivered() {
      if (success !== undefined) return
      run.limiter.setLimit(limits.requestsPerPartner)
      if (state.outages > 0) run.memory.recovered()
      success = recordSuccess(node, state)
      // It is awaited below, unless the run fails for another reason first.
      success.catch(() => {})
      // The pull loop looks at the stored state, so it is told when that is written.
      if (state.outages > 0) success.then(pass.onRecovered, () => {})
    },
    changes: pass.changes,
    stillOpen: () => checkPartner(node, run),
    closed: false,
  }
  await pushPartner(run, state)
  await success
  if (ends.signal.aborted) return 'ended'
  if (run.failure === undefined) return run.closed || run.memory.owesAfterRecovery ? 'again' : 'idle'
  await recordFailure(node, run.failure, { state, tookSome: success !== undefined })
  return 'outage'
}

/** A long run looks this often whether the partner is still what it was. */
const partnerCheckMs = 2_000
const checkedAt = new WeakMap<PushRun, number>()

const checkPartner = async ({ deps }: SyncNode, run: PushRun): Promise<boolean> => {
  const nowMs = deps.clock()
  const lastMs = checkedAt.get(run)
  if (lastMs !== undefined && nowMs - lastMs < partnerCheckMs) return !run.closed
  checkedAt.set(run, nowMs)
  // NOTE: the first look comes right after the partner was read.
  if (lastMs === undefined) return true
  const partner = await deps.partners.get(run.partner.id)
  run.closed = partner?.status !== 'REGISTERED' || partner.outboundToken !== run.partner.outboundToken
  return !run.closed
}

/** The stored time of the last success may lag by this much, so that a busy partner costs no write per push. */
const successLagMs = 10_000

const recordSuccess = async ({ deps }: SyncNode, state: SyncPartner): Promise<void> => {
  const nowMs = deps.clock()
  const lastMs = Date.parse(state.lastSuccessAt ?? '') || 0
  if (state.outages === 0 && nowMs - lastMs < successLagMs) return
  await deps.sync.recordSuccess(state.partnerId, new Date(nowMs).toISOString())
  if (state.outages > 0)
    deps.onEvent({ type: 'partner.recovered', subject: state.partnerId, data: { outages: state.outages } })
}

const recordFailure = async (
  { deps, limits }: SyncNode,
  failure: Failure,
  before: { readonly state: SyncPartner; readonly tookSome: boolean },
): Promise<void> => {
  const { partnerId, lastError } = before.state
  const outages = before.tookSome ? 0 : before.state.outages
  const unauthorized = failure.kind === 'unauthorized'
  const inARow = unauthorized && lastError?.startsWith(unauthorizedText) ? outages + 1 : 1
  const options = { random: deps.random, limits: limits.backoff }
  const waitMs = unauthorized
    ? unauthorizedWaitMs(inARow, options)
    : backoffMs(outages, { ...options, retryAfterMs: failure.retryAfterMs })
  const retryAt = new Date(deps.clock() + waitMs).toISOString()
  const error = describe(failure)
  await deps.sync.recordOutage(partnerId, error, retryAt)
  deps.log('warn', 'partner does not take pushes', { partnerId, error, outages: outages + 1, retryAt })
  deps.onEvent({ type: 'partner.outage', subject: partnerId, data: { error, outages: outages + 1, retryAt } })
  if (unauthorized && inARow === unauthorizedLimit)
    deps.onEvent({ type: 'partner.unauthorized', subject: partnerId, data: { error, retryAt } })
}

const describe = (failure: Failure): string => {
  const message = failure.kind === 'server_error' ? failure.refusal.message : failure.message
  const text = failure.kind === 'unauthorized' ? `${unauthorizedText}: ${message}` : message
  return text.slice(0, 500)
}
