/** How a measure reads: `none` without enough samples. */
export type Verdict = 'good' | 'fair' | 'poor' | 'none'

/** When a measure is good and when it is poor; between both it is fair. */
export interface Threshold {
  /** Whether more is better. */
  readonly better: 'more' | 'less'
  readonly good: number
  readonly poor: number
  /** Fewer samples say nothing. */
  readonly samples: number
}

const MINUTE_S = 60
const HOUR_S = 3_600
const DAY_S = 24 * HOUR_S

/** What a scorecard calls good and poor, by measure. Times are in milliseconds or seconds as the measure has them, shares from 0 to 1. */
export const THRESHOLDS = {
  answer_p95: { better: 'less', good: 1_000, poor: 5_000, samples: 20 },
  error_rate: { better: 'less', good: 0.01, poor: 0.05, samples: 20 },
  availability: { better: 'more', good: 0.995, poor: 0.95, samples: 30 },
  status_age_p95: { better: 'less', good: 30 * DAY_S, poor: 365 * DAY_S, samples: 1 },
  status_old_share: { better: 'less', good: 0.75, poor: 0.99, samples: 10 },
  status_delay_p95: { better: 'less', good: MINUTE_S, poor: 15 * MINUTE_S, samples: 10 },
  cdr_delay_p95: { better: 'less', good: HOUR_S, poor: DAY_S, samples: 5 },
  cdr_within_day: { better: 'more', good: 0.99, poor: 0.9, samples: 5 },
  price_agreement: { better: 'more', good: 0.99, poor: 0.95, samples: 1 },
  missing_cdrs: { better: 'less', good: 0, poor: 0.02, samples: 1 },
  refused: { better: 'less', good: 0, poor: 10, samples: 0 },
  findings: { better: 'less', good: 0, poor: 10, samples: 0 },
} as const satisfies Readonly<Record<string, Threshold>>

/** Name of a measure that has a verdict. */
export type Judged = keyof typeof THRESHOLDS

/** What a value counts as. */
export const verdictOf = (measure: Judged, value: number | null, samples: number): Verdict => {
  const { better, good, poor, samples: enough }: Threshold = THRESHOLDS[measure]
  if (value === null || samples < enough) return 'none'
  const beyond = (limit: number): boolean => (better === 'less' ? value > limit : value < limit)
  if (!beyond(good)) return 'good'
  return beyond(poor) ? 'poor' : 'fair'
}
