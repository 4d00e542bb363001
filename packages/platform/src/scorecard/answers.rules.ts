import type { ExchangeCounts, ExchangeDirection } from '@interwatt/store'
import { addBuckets, countOf, percentileMs } from '../exchanges/answer-times.rules.js'
import type { AnswerHour, AnswerRow, Trace } from './scorecard.js'
import { verdictOf } from './thresholds.js'

/** The part that did not go well, to four digits; null without samples. */
const rateOf = (errors: number, samples: number): number | null =>
  samples === 0 ? null : Math.round((errors / samples) * 10_000) / 10_000

/** Where messages of a partner are, from an ISO time on. */
export const messagesTrace = (
  partnerId: string,
  from: string,
  filter: Readonly<Record<string, string>> = {},
): Trace => {
  const query = new URLSearchParams({ partner: partnerId, from, ...filter }).toString()
  return { api: `/api/v1/messages?${query}`, page: `/conversation?${query}` }
}

/** Counts of several rows as one, for a direction. */
export const sumOf = (rows: readonly ExchangeCounts[]) => {
  const sum = (field: 'ok' | 'refused' | 'failed' | 'timedOut'): number =>
    rows.reduce((total, row) => total + row[field], 0)
  const buckets = addBuckets(rows.map((row) => row.buckets))
  const samples = countOf(buckets)
  const longestMs = Math.max(0, ...rows.map((row) => row.longestMs))
  const at = (part: number): number | null => percentileMs(buckets, part, longestMs) ?? null
  const [refused, failed, timedOut] = [sum('refused'), sum('failed'), sum('timedOut')]
  return {
    samples,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    longestMs,
    refused,
    failed,
    timedOut,
    errorRate: rateOf(refused + failed + timedOut, samples),
  }
}

/** How each module answered, by direction. */
export const answerRows = (totals: readonly ExchangeCounts[], from: string): readonly AnswerRow[] =>
  totals.map((row) => {
    const { direction, module, partnerId } = row
    const summed = sumOf([row])
    const slow = verdictOf('answer_p95', summed.p95Ms, summed.samples)
    const wrong = verdictOf('error_rate', summed.errorRate, summed.samples)
    const verdict = [slow, wrong].includes('poor') ? 'poor' : slow === 'good' ? wrong : slow
    const named = module === 'other' ? {} : { module }
    return {
      direction,
      module,
      ...summed,
      verdict,
      trace: messagesTrace(partnerId, from, { direction, ...named }),
    }
  })

/** Hours of the last day, for a chart. */
export const answerHours = (hours: readonly ExchangeCounts[]): readonly AnswerHour[] =>
  hours.map((row) => {
    const { samples, p50Ms, p95Ms, refused, failed, timedOut } = sumOf([row])
    return {
      at: row.at,
      direction: row.direction,
      samples,
      p50Ms,
      p95Ms,
      errors: refused + failed + timedOut,
    }
  })

/** Rows of one direction. */
export const directed = (
  totals: readonly ExchangeCounts[],
  direction: ExchangeDirection,
): readonly ExchangeCounts[] => totals.filter((row) => row.direction === direction)
