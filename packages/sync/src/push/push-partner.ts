import type { Refusal, SyncPartner } from '@interwatt/store'
import { modulesFor, type PushModule } from './audience.rules.js'
import { isFailure } from './deliver-object.js'
import { dueAgain } from './given-up.rules.js'
import { verdictOf } from './outcome.rules.js'
import { pushModule } from './push-module.js'
import { allEnded, isOver, type PushRun } from './push-run.js'
import { pushTurned } from './push-turned.js'
import { retryGivenUp } from './retry-given-up.js'

/** Refusals of a partner that are kept in memory; with more of them every change goes as a PUT. */
const refusalsKnown = 10_000

/**
 * One pass over all modules of a partner, concurrently within its limit. After outages a single request goes first;
 * when nothing waits to be sent, the versions are asked for instead, so that the breaker can close.
 */
export const pushPartner = async (run: PushRun, state: SyncPartner): Promise<void> => {
  await learnRefusals(run)
  const before = run.memory.deliveredCount
  // NOTE: an object that failed before would be a poor probe: it may be the reason.
  if (state.outages > 0 && run.memory.hasSuspects) await probe(run)
  const modules = modulesFor(run.audience)
  const probing = state.outages > 0
  const due = await loadDueAgain(run, probing || run.memory.takeRecovered())
  await pushLanes(
    run,
    modules.map((module) => ({ module, cursor: state.cursors[module] ?? 0, due, probing })),
  )
  if (isOver(run) || state.outages === 0 || run.memory.deliveredCount > before) return
  await probe(run)
  if (run.failure === undefined) run.onDelivered()
}

interface Lane {
  readonly module: PushModule
  readonly cursor: number
  readonly due: readonly Refusal[]
  /** After outages, until the partner took something. */
  readonly probing: boolean
}

/** Each module goes on by itself, so that a long one does not hold up the rest; ends when all have nothing left. */
const pushLanes = async (run: PushRun, lanes: readonly Lane[]): Promise<void> => {
  let busy = lanes.length
  const push = async (lane: Lane): Promise<void> => {
    const { module, cursor } = lane
    let at: number | undefined = cursor
    await retryGivenUp(run, lane, lane.due)
    for (;;) {
      const { version } = run.changes
      await pushTurned(run, module, at)
      at = await pushModule(run, module, at)
      busy -= 1
      if (busy === 0 || at === undefined || isOver(run)) return run.changes.notify()
      await run.changes.after(version)
      if (busy === 0 || isOver(run)) return
      busy += 1
    }
  }
  await allEnded(run, lanes.map(push))
}

const learnRefusals = async (run: PushRun): Promise<void> => {
  if (run.memory.knowsRefusals) return
  const query = { partnerId: run.partner.id, limit: refusalsKnown }
  const refusals = await run.deps.sync.refusals(query)
  if (refusals.length < refusalsKnown) run.memory.learnRefusals(refusals)
}

const loadDueAgain = async (run: PushRun, recovering: boolean): Promise<readonly Refusal[]> => {
  if (!run.memory.hasRefused) return []
  const query = { partnerId: run.partner.id, limit: refusalsKnown }
  return dueAgain(await run.deps.sync.refusals(query), {
    nowMs: run.deps.clock(),
    recovering,
    triesOf: ({ key }) => run.memory.triesOf(key),
  })
}

/** GET versions with the current token has no side effects (C-F19). */
const probe = async (run: PushRun): Promise<void> => {
  const url = run.partner.versionsUrl
  if (url === null) return
  const timeoutMs = run.limits.requestTimeoutMs
  const outcome = await run.deps.client.get(run.target, url, { timeoutMs, signal: run.signal })
  const verdict = verdictOf(outcome)
  if (isFailure(verdict)) run.failure ??= verdict
  else run.limiter.setLimit(run.limits.requestsPerPartner)
}
