import type { PullState } from '@interwatt/store'

/** How often a partner is read; all times in milliseconds. */
export interface PullSchedule {
  /** Deltas start this far apart, plus up to `spreadMs` at random (LOC-003, TRN-080). */
  readonly deltaEveryMs: number
  readonly spreadMs: number
  /** A full crawl verifies everything this often, at a random minute of the period. */
  readonly fullEveryMs: number
  /** How far a delta reaches back behind the watermark (TRN-136). */
  readonly overlapMs: number
  /** A crawl older than this is begun anew. */
  readonly crawlExpiresMs: number
}

/** Deltas every one to two hours, a full crawl a day. */
export const defaultSchedule: PullSchedule = {
  deltaEveryMs: 60 * 60_000,
  spreadMs: 60 * 60_000,
  fullEveryMs: 24 * 60 * 60_000,
  overlapMs: 5 * 60_000,
  crawlExpiresMs: 24 * 60 * 60_000,
}

/** What to do for one module now. */
export type PullStep =
  | { readonly kind: 'wait'; readonly untilMs: number }
  | { readonly kind: 'resume' }
  | { readonly kind: 'full' }
  | { readonly kind: 'delta'; readonly dateFrom: string }

const time = (iso: string | null): number | undefined => {
  if (iso === null) return undefined
  const ms = Date.parse(iso)
  return Number.isNaN(ms) ? undefined : ms
}

/**
 * Full on connect and once a period, deltas between; an unfinished crawl is resumed, unless it is too old. What was asked for is due at
 * once, unless the partner fails, and reaches back as far as was asked.
 */
export const planPull = (state: PullState | undefined, nowMs: number, schedule: PullSchedule): PullStep => {
  const dueMs = time(state?.dueAt ?? null)
  const asked = state?.failures === 0 ? state.asked : undefined
  if (asked === undefined && dueMs !== undefined && dueMs > nowMs) return { kind: 'wait', untilMs: dueMs }
  if (state === undefined) return { kind: 'full' }
  const startedMs = time(state.crawl?.startedAt ?? null)
  if (startedMs !== undefined && nowMs - startedMs < schedule.crawlExpiresMs) return { kind: 'resume' }
  const watermarkMs = time(state.watermark)
  const fullMs = time(state.lastFullAt)
  if (fullMs === undefined || watermarkMs === undefined || nowMs >= fullMs + schedule.fullEveryMs)
    return { kind: 'full' }
  if (state.asked?.since === null) return { kind: 'full' }
  const fromMs = Math.min(watermarkMs, time(state.asked?.since ?? null) ?? watermarkMs)
  return { kind: 'delta', dateFrom: new Date(fromMs - schedule.overlapMs).toISOString() }
}

/**
 * When the next crawl is due. The last delta of a period is cut short by the full crawl, whose minute is drawn
 * anew each time from the last tenth of the period, so that partners of one node spread over the day.
 */
export const nextDueMs = (
  finished: { readonly nowMs: number; readonly lastFullMs: number },
  schedule: PullSchedule,
  random: () => number,
): number => {
  const delta = finished.nowMs + schedule.deltaEveryMs + random() * schedule.spreadMs
  const full = finished.lastFullMs + schedule.fullEveryMs * (1 + random() / 10)
  return Math.round(Math.min(delta, Math.max(full, finished.nowMs + schedule.deltaEveryMs / 2)))
}

/** The wait after a crawl that could not go on: one minute doubling up to the delta interval, with jitter. */
export const pullRetryMs = (failures: number, schedule: PullSchedule, random: () => number): number => {
  const ceiling = Math.min(schedule.deltaEveryMs, 60_000 * 2 ** Math.min(failures, 20))
  return Math.round(ceiling * (0.5 + random() / 2))
}
