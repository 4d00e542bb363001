/** Upper bounds of the buckets in which answer times are counted, in milliseconds; what took longer is in one more bucket. */
export const ANSWER_BOUNDS_MS: readonly number[] = [
  5, 10, 20, 35, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 7500, 10_000, 15_000,
  20_000, 30_000, 60_000,
]

/** `in` is what a partner asked us, `out` what we asked it. */
export type ExchangeDirection = 'in' | 'out'

/** Exchanges with a partner in a span of time, counted. */
export interface ExchangeCounts {
  readonly partnerId: string
  readonly direction: ExchangeDirection
  /** OCPI module; `other` where a request belongs to none. */
  readonly module: string
  /** Start of the span, ISO. */
  readonly at: string
  readonly ok: number
  /** Answered with a no. */
  readonly refused: number
  /** No usable answer: 5xx, 429, a broken connection. */
  readonly failed: number
  readonly timedOut: number
  /** Answer times, one count for each bound and one more. Exchanges without answer count too: somebody waited. */
  readonly buckets: readonly number[]
  readonly longestMs: number
  /** Latest answer, ISO. */
  readonly answeredAt: string | null
  /** Latest failure with what is known of it, ISO. */
  readonly failedAt: string | null
  readonly failure: string | null
  /** HTTP status of the latest failure or refusal; null when no answer came. */
  readonly httpStatus: number | null
  /** How far the partner's clock is ahead of ours, in milliseconds, as its latest answer said. */
  readonly skewMs: number | null
}

/** Counts to be added, with the minutes of the hour they are about. */
export interface ExchangeDelta extends ExchangeCounts {
  readonly span: 'moment' | 'hour'
  /** Minutes of the hour in which something was asked, and in which an answer came: 60 bits. */
  readonly askedMinutes: bigint
  readonly answeredMinutes: bigint
}

/** Minutes of a time in which a partner was asked, and in which it answered. */
export interface AnsweredMinutes {
  readonly asked: number
  readonly answered: number
}

/** Storage of how partners answered; survives restarts and does not need recorded messages. */
export interface ExchangeStore {
  add(deltas: readonly ExchangeDelta[]): Promise<void>
  /** Spans of a few seconds since an ISO time, of all partners, the newest first; `direction` is `out`. */
  moments(since: string): Promise<readonly ExchangeCounts[]>
  /** Sums of all partners by direction, of the short spans since an ISO time. */
  recent(since: string): Promise<readonly ExchangeCounts[]>
  /** Sums of a partner since an ISO time, by direction and module. */
  totals(partnerId: string, since: string): Promise<readonly ExchangeCounts[]>
  /** Sums of all partners that were asked since an ISO time, by partner. */
  usual(since: string): Promise<readonly Pick<ExchangeCounts, 'partnerId' | 'buckets'>[]>
  /** Hours of a partner since an ISO time, by direction, over all modules, oldest first. */
  hours(partnerId: string, since: string): Promise<readonly ExchangeCounts[]>
  /** In how many minutes since an ISO time the partner was asked, and answered. */
  minutes(partnerId: string, since: string): Promise<AnsweredMinutes>
  /** Drops moments before one ISO time and hours before another. */
  prune(before: { readonly moments: string; readonly hours: string }): Promise<number>
}
