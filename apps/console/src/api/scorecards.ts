import { listOf, number, oneOf, optional, type Read, shape, text } from './reading.js'
import { address, ask } from './request.js'

const trace = shape({ api: text, page: text })
const verdict = oneOf(['good', 'fair', 'poor', 'none'] as const)
const measure = shape({
  id: text,
  group: oneOf(['answers', 'statuses', 'cdrs', 'objects'] as const),
  direction: optional(text),
  title: text,
  unit: oneOf(['ms', 's', 'share', 'count'] as const),
  value: optional(number),
  samples: number,
  verdict,
  says: text,
  trace,
})
/** One number about a partner, with its verdict and where it comes from. */
export type Measure = Read<typeof measure>

const answerRow = shape({
  direction: text,
  module: text,
  samples: number,
  p50_ms: optional(number),
  p95_ms: optional(number),
  p99_ms: optional(number),
  longest_ms: number,
  refused: number,
  failed: number,
  timed_out: number,
  error_rate: optional(number),
  verdict,
  trace,
})
/** How one module answered. */
export type AnswerRow = Read<typeof answerRow>

const hour = shape({
  at: text,
  direction: text,
  samples: number,
  p50_ms: optional(number),
  p95_ms: optional(number),
  errors: number,
})
/** An hour of answers. */
export type AnswerHour = Read<typeof hour>

const priceRow = shape({
  currency: text,
  cdrs: number,
  agrees: number,
  differs: number,
  unpriced: number,
  stated: text,
  stated_agreed: text,
  share: optional(number),
  trace,
})
/** What checks of CDRs in one currency gave. */
export type PriceRow = Read<typeof priceRow>

const findingRow = shape({ rule: text, severity: text, kinds: number, count: number, last_at: text, trace })
/** Findings of one rule. */
export type FindingRow = Read<typeof findingRow>

const scorecard = shape({
  from: text,
  to: text,
  days: number,
  measures: listOf(measure),
  answers: listOf(answerRow),
  hours: listOf(hour),
  prices: listOf(priceRow),
  findings: listOf(findingRow),
})
/** How a partner does. */
export type Scorecard = Read<typeof scorecard>
export const getScorecard = (id: string, days: number): Promise<Scorecard> =>
  ask(address(['partners', id, 'scorecard'], { days }), scorecard)
