import type {
  AnsweredMinutes,
  CdrDelays,
  ExchangeCounts,
  ExchangeDirection,
  MissingCdrs,
  PriceAgreement,
  Spread,
  StatusAges,
} from '@interwatt/store'
import { directed, messagesTrace, sumOf } from './answers.rules.js'
import type { FindingRow, Measure, Trace, Unit } from './scorecard.js'
import { type Judged, THRESHOLDS, type Threshold, verdictOf } from './thresholds.js'

/** What was counted about a partner. */
export interface Counted {
  readonly partnerId: string
  readonly from: string
  readonly totals: readonly ExchangeCounts[]
  readonly minutes: AnsweredMinutes
  readonly ages: StatusAges
  readonly delays: Spread
  readonly cdrs: CdrDelays
  readonly prices: readonly PriceAgreement[]
  readonly missing: MissingCdrs
  readonly refusals: number
  readonly findings: readonly FindingRow[]
}

const HOUR_S = 3_600
const DAY_S = 86_400

/** A value as people read it. */
const written = (value: number, unit: Unit): string => {
  switch (unit) {
    case 'share':
      return `${Math.round(value * 10_000) / 100} %`
    case 'count':
      return String(value)
    case 'ms':
      return value < 1_000 ? `${value} ms` : `${Math.round(value / 100) / 10} s`
    case 's':
      if (value < 120) return `${Math.round(value)} s`
      if (value < 2 * HOUR_S) return `${Math.round(value / 60)} min`
      return value < 2 * DAY_S ? `${Math.round(value / HOUR_S)} h` : `${Math.round(value / DAY_S)} days`
  }
}

const WORDS = { good: 'Good', fair: 'Fair', poor: 'Poor', none: 'Too little to judge' } as const

const says = (
  judged: Judged,
  value: number | null,
  { samples, unit }: { samples: number; unit: Unit },
): string => {
  const { better, good, poor, samples: enough }: Threshold = THRESHOLDS[judged]
  const verdict = verdictOf(judged, value, samples)
  if (value === null || verdict === 'none') return `${WORDS.none}: ${samples} of ${enough} samples.`
  const [within, beyond] = better === 'less' ? ['up to', 'over'] : ['from', 'under']
  const why = `good ${within} ${written(good, unit)}, poor ${beyond} ${written(poor, unit)}`
  return `${WORDS[verdict]}: ${written(value, unit)} (${why}).`
}

interface Part {
  readonly id: Judged
  readonly group: Measure['group']
  readonly title: string
  readonly unit: Unit
  readonly value: number | null
  readonly samples: number
  readonly trace: Trace
  readonly direction?: ExchangeDirection
}

const measure = (part: Part): Measure => ({
  ...part,
  direction: part.direction ?? null,
  verdict: verdictOf(part.id, part.value, part.samples),
  says: says(part.id, part.value, part),
})

const share = (part: number, of: number): number | null =>
  of === 0 ? null : Math.round((part / of) * 10_000) / 10_000

const ANSWER_TITLES = {
  out: ['How long it takes to answer us, 95th percentile', 'Requests of ours that did not go well'],
  in: ['How long we take to answer it, 95th percentile', 'Its requests that did not go well'],
} as const

const answers = ({ totals, partnerId, from }: Counted, direction: ExchangeDirection): readonly Part[] => {
  const { samples, p95Ms, errorRate } = sumOf(directed(totals, direction))
  const [time, errors] = ANSWER_TITLES[direction]
  const common = {
    group: 'answers',
    samples,
    direction,
    trace: messagesTrace(partnerId, from, { direction }),
  } as const
  return [
    { ...common, id: 'answer_p95', title: time, unit: 'ms', value: p95Ms },
    { ...common, id: 'error_rate', title: errors, unit: 'share', value: errorRate },
  ]
}

const availability = ({ minutes, partnerId, from }: Counted): Part => ({
  id: 'availability',
  group: 'answers',
  title: 'Minutes in which it answered, of those in which it was asked',
  unit: 'share',
  value: share(minutes.answered, minutes.asked),
  samples: minutes.asked,
  direction: 'out',
  trace: messagesTrace(partnerId, from, { direction: 'out', outcome: 'failed' }),
})

const listed = (path: string, query: Readonly<Record<string, string>>): Trace => {
  const text = new URLSearchParams(query).toString()
  // The pages of lists call the partner an object came from `from`.
  return { api: `/api/v1${path}?${text}`, page: `${path}?${text.replace('received_from=', 'from=')}` }
}

const statuses = ({ ages, delays, partnerId, from }: Counted): readonly Part[] => {
  const places = listed('/locations', { received_from: partnerId })
  return [
    {
      id: 'status_age_p95',
      group: 'statuses',
      title: 'Age of the statuses of its EVSEs, 95th percentile',
      unit: 's',
      value: ages.p95S,
      samples: ages.samples,
      trace: places,
    },
    {
      id: 'status_old_share',
      group: 'statuses',
      title: 'EVSEs whose status is older than a day',
      unit: 'share',
      value: share(ages.olderThanDay, ages.samples),
      samples: ages.samples,
      trace: places,
    },
    {
      id: 'status_delay_p95',
      group: 'statuses',
      title: 'From a change of a status to its arrival here, 95th percentile',
      unit: 's',
      value: delays.p95S,
      samples: delays.samples,
      trace: messagesTrace(partnerId, from, { module: 'locations' }),
    },
  ]
}

const cdrs = ({ cdrs: delays, prices, missing, partnerId }: Counted): readonly Part[] => {
  const all = listed('/cdrs', { received_from: partnerId })
  const [main] = prices
  const checked = prices.reduce((sum, { agrees, differs }) => sum + agrees + differs, 0)
  return [
    {
      id: 'cdr_delay_p95',
      group: 'cdrs',
      title: 'From the end of a session to its CDR, 95th percentile',
      unit: 's',
      value: delays.p95S,
      samples: delays.samples,
      trace: all,
    },
    {
      id: 'cdr_within_day',
      group: 'cdrs',
      title: 'CDRs that came within 24 hours',
      unit: 'share',
      value: share(delays.withinDay, delays.samples),
      samples: delays.samples,
      trace: all,
    },
    {
      id: 'price_agreement',
      group: 'cdrs',
      title: `Amount of its CDRs that agrees with the tariff${main === undefined ? '' : ` (${main.currency})`}`,
      unit: 'share',
      value: main?.share ?? null,
      samples: checked,
      trace: listed('/cdrs', { received_from: partnerId, outcome: 'differs' }),
    },
    {
      id: 'missing_cdrs',
      group: 'cdrs',
      title: 'Completed sessions without CDR',
      unit: 'share',
      value: share(missing.missing, missing.completed),
      samples: missing.completed,
      trace: listed('/sessions', { received_from: partnerId, without_cdr: 'true' }),
    },
  ]
}

const objects = ({ refusals, findings, partnerId }: Counted): readonly Part[] => {
  const id = encodeURIComponent(partnerId)
  const tab = (name: string): Trace => ({
    api: `/api/v1/partners/${id}/${name}`,
    page: `/partners/${id}?tab=${name}`,
  })
  const errors = findings.filter(({ severity }) => severity === 'error')
  return [
    {
      id: 'refused',
      group: 'objects',
      title: 'Objects of ours that it refuses',
      unit: 'count',
      value: refusals,
      samples: refusals,
      trace: tab('refusals'),
    },
    {
      id: 'findings',
      group: 'objects',
      title: 'Ways in which its messages break their version',
      unit: 'count',
      value: errors.reduce((sum, { kinds }) => sum + kinds, 0),
      samples: errors.reduce((sum, { count }) => sum + count, 0),
      trace: tab('findings'),
    },
  ]
}

/** Every number of a scorecard, each with its verdict and with what it comes from. */
export const measuresOf = (counted: Counted): readonly Measure[] =>
  [
    ...answers(counted, 'out'),
    ...answers(counted, 'in'),
    availability(counted),
    ...statuses(counted),
    ...cdrs(counted),
    ...objects(counted),
  ].map(measure)
