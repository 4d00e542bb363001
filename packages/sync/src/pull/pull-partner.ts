import { versionOf } from '@interwatt/protocol'
import type { PullState } from '@interwatt/store'
import { crawlModule, type PullContext } from './crawl-module.js'
import { modulesToPull, type PullModule } from './pull-legs.rules.js'
import { planPull } from './schedule.rules.js'

/** Runs every crawl that is due, one after the other; answers when the next one is, in epoch milliseconds. */
export const pullPartner = async (context: PullContext): Promise<number> => {
  const { deps, limits, partner, hosted, target, signal } = context
  const routed = versionOf(target.version)?.traits.routingHeaders ?? false
  const modules = modulesToPull(partner, { hosted, routed })
  let nextMs = Number.POSITIVE_INFINITY
  for (const module of modules) {
    if (signal.aborted) break
    const state = await deps.sync.pull(partner.id, module)
    const step = planPull(state, deps.clock(), limits.schedule)
    if (step.kind === 'wait') {
      nextMs = Math.min(nextMs, step.untilMs)
      continue
    }
    await crawlModule(context, module, { state, step })
    nextMs = Math.min(nextMs, await dueMs(context, module))
  }
  return nextMs
}

const dueMs = async ({ deps, partner }: PullContext, module: PullModule): Promise<number> => {
  const state: PullState | undefined = await deps.sync.pull(partner.id, module)
  const isAsked = state?.asked !== undefined && state.failures === 0
  return state?.dueAt == null || isAsked ? deps.clock() : Date.parse(state.dueAt)
}

/** Deltas are due at once after a partner was away, unless one ran a moment ago (TRN-132). */
export const expediteDeltas = async (context: PullContext, quietMs: number): Promise<void> => {
  const { deps, partner, hosted, target } = context
  const routed = versionOf(target.version)?.traits.routingHeaders ?? false
  const nowMs = deps.clock()
  for (const module of modulesToPull(partner, { hosted, routed })) {
    const state = await deps.sync.pull(partner.id, module)
    if (state === undefined || state.crawl !== null) continue
    const lastMs = Math.max(...[state.lastDeltaAt, state.lastFullAt].map((at) => Date.parse(at ?? '') || 0))
    if (nowMs - lastMs < quietMs) continue
    await deps.sync.putPull({ ...state, dueAt: new Date(nowMs).toISOString() })
  }
}
