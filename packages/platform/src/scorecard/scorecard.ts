import type { ExchangeDirection } from '@interwatt/store'
import type { Verdict } from './thresholds.js'

/** Where the rows behind a number are: a call of this API, and the page of the console that shows them. */
export interface Trace {
  readonly api: string
  readonly page: string
}

/** Units of measures. */
export type Unit = 'ms' | 's' | 'share' | 'count'

/** One number about a partner. */
export interface Measure {
  /** Name of the threshold it is judged by. */
  readonly id: string
  readonly group: 'answers' | 'statuses' | 'cdrs' | 'objects'
  readonly direction: ExchangeDirection | null
  readonly title: string
  readonly unit: Unit
  /** Null without samples. */
  readonly value: number | null
  readonly samples: number
  readonly verdict: Verdict
  /** The verdict in a sentence, with the threshold. */
  readonly says: string
  readonly trace: Trace
}

/** How one module answered in one direction. Times are in milliseconds. */
export interface AnswerRow {
  readonly direction: ExchangeDirection
  readonly module: string
  readonly samples: number
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly p99Ms: number | null
  readonly longestMs: number
  readonly refused: number
  readonly failed: number
  readonly timedOut: number
  readonly errorRate: number | null
  readonly verdict: Verdict
  readonly trace: Trace
}

/** An hour of answers, for a chart. */
export interface AnswerHour {
  readonly at: string
  readonly direction: ExchangeDirection
  readonly samples: number
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly errors: number
}

/** Findings of one rule. */
export interface FindingRow {
  readonly rule: string
  readonly severity: string
  readonly kinds: number
  readonly count: number
  readonly lastAt: string
  readonly trace: Trace
}

/** Prices of one currency. Amounts are decimals before taxes. */
export interface PriceRow {
  readonly currency: string
  readonly cdrs: number
  readonly agrees: number
  readonly differs: number
  readonly unpriced: number
  readonly stated: string
  readonly statedAgreed: string
  readonly share: number | null
  readonly trace: Trace
}

/** Everything about how a partner does, over some days. */
export interface Scorecard {
  readonly partnerId: string
  readonly from: string
  readonly to: string
  readonly days: number
  readonly measures: readonly Measure[]
  readonly answers: readonly AnswerRow[]
  readonly hours: readonly AnswerHour[]
  readonly prices: readonly PriceRow[]
  readonly findings: readonly FindingRow[]
}
