/** When something about a partner counts as a problem, and how often it is looked for. Times are in milliseconds. */
export interface HealthLimits {
  /** How often partners are looked at. */
  readonly everyMs: number
  /** How often what takes longer to count is counted: backlogs, missing CDRs, statuses. */
  readonly seldomEveryMs: number
  /** A partner nothing was asked of for this long is asked for its versions; 0 asks nobody. */
  readonly probeAfterMs: number
  /** Requests in a row without answer that make a partner down. */
  readonly downAfter: number
  /** Answers are counted by spans of this length; the newest that have samples enough are looked at. */
  readonly momentMs: number
  /** How far back recent answers are looked for, and how many are needed to call a partner slow. */
  readonly recentMs: number
  readonly recentSamples: number
  /** A 95th percentile above this is slow, or above the lower one and so many times what is usual. */
  readonly slowMs: number
  readonly slowerThanUsualMs: number
  readonly slowerThanUsualTimes: number
  readonly usualSamples: number
  readonly usualDays: number
  /** How long disagreeing CDRs and broken messages count. */
  readonly pricesMs: number
  readonly findingsMs: number
  /** This many changes that wait this long without getting fewer are a growing backlog. */
  readonly backlogCount: number
  readonly backlogMs: number
  readonly skewMs: number
  /** A session that ended this long ago should have a CDR; older ones than the second are let be. */
  readonly cdrDueMs: number
  readonly cdrForgottenMs: number
  /** No change of any of so many EVSEs for this long is no news at all. */
  readonly staleMs: number
  readonly staleEvses: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** What counts as a problem unless a node says otherwise. */
export const defaultHealthLimits: HealthLimits = {
  everyMs: 5_000,
  seldomEveryMs: MINUTE_MS,
  probeAfterMs: 30_000,
  downAfter: 2,
  momentMs: 15_000,
  recentMs: 10 * MINUTE_MS,
  recentSamples: 3,
  slowMs: 5_000,
  slowerThanUsualMs: 1_000,
  slowerThanUsualTimes: 4,
  usualSamples: 200,
  usualDays: 7,
  pricesMs: DAY_MS,
  findingsMs: DAY_MS,
  backlogCount: 200,
  backlogMs: 5 * MINUTE_MS,
  skewMs: MINUTE_MS,
  cdrDueMs: DAY_MS,
  cdrForgottenMs: 7 * DAY_MS,
  staleMs: DAY_MS,
  staleEvses: 10,
}
