import type { AnswerRow, FindingRow, Measure, PriceRow } from '../../api/scorecards.js'
import type { ExportColumn } from '../../parts/save-file.js'
import type { Tone } from '../../parts/values.js'

const HOUR_S = 3_600
const DAY_S = 86_400

/** A part of all, such as `99.5 %`. */
export const percent = (share: number | null): string =>
  share === null ? '–' : `${(Math.round(share * 10_000) / 100).toLocaleString()} %`

/** A time in milliseconds, such as `240 ms` or `6.1 s`. */
export const milliseconds = (ms: number | null): string => {
  if (ms === null) return '–'
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`
}

/** A length of time in seconds, such as `40 s`, `12 min`, `3 h`. */
export const lengthOf = (seconds: number | null): string => {
  if (seconds === null) return '–'
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 2 * HOUR_S) return `${Math.round(seconds / 60)} min`
  return seconds < 2 * DAY_S ? `${Math.round(seconds / HOUR_S)} h` : `${Math.round(seconds / DAY_S)} days`
}

/** The value of a measure in its unit. */
export const measured = ({ value, unit }: Pick<Measure, 'value' | 'unit'>): string => {
  if (value === null) return '–'
  if (unit === 'share') return percent(value)
  if (unit === 'ms') return milliseconds(value)
  return unit === 's' ? lengthOf(value) : value.toLocaleString()
}

/** Verdicts with their colour and word. */
export const verdicts: Readonly<Record<Measure['verdict'], readonly [tone: Tone, word: string]>> = {
  good: ['good', 'good'],
  fair: ['warn', 'fair'],
  poor: ['bad', 'poor'],
  none: ['quiet', 'too little'],
}

/** One number of a scorecard as it is exported: of every table of the page. */
export interface ExportedNumber {
  readonly part: string
  readonly direction: string
  readonly what: string
  readonly value: number | string
  readonly unit: string
  readonly samples: number
  readonly verdict: string
  readonly source: string
}

export const exportColumns: readonly ExportColumn<ExportedNumber>[] = [
  { title: 'Part', value: ({ part }) => part },
  { title: 'Direction', value: ({ direction }) => direction },
  { title: 'What', value: ({ what }) => what },
  { title: 'Value', value: ({ value }) => value },
  { title: 'Unit', value: ({ unit }) => unit },
  { title: 'Samples', value: ({ samples }) => samples },
  { title: 'Verdict', value: ({ verdict }) => verdict },
  { title: 'Source', value: ({ source }) => source },
]

const ofAnswers = (row: AnswerRow): readonly ExportedNumber[] => {
  const { direction, module, samples, verdict } = row
  const numbers = [
    ['p50', row.p50_ms, 'ms'],
    ['p95', row.p95_ms, 'ms'],
    ['p99', row.p99_ms, 'ms'],
    ['longest', row.longest_ms, 'ms'],
    ['refused', row.refused, 'count'],
    ['failed', row.failed, 'count'],
    ['timed out', row.timed_out, 'count'],
  ] as const
  return numbers.map(([name, value, unit]) => ({
    part: 'answers',
    direction,
    what: `${module} ${name}`,
    value: value ?? '',
    unit,
    samples,
    verdict,
    source: row.trace.api,
  }))
}

const ofPrices = (row: PriceRow): ExportedNumber => ({
  part: 'prices',
  direction: 'in',
  what: `${row.currency} that agrees`,
  value: row.share ?? '',
  unit: 'share',
  samples: row.agrees + row.differs,
  verdict: '',
  source: row.trace.api,
})

const ofFindings = (row: FindingRow): ExportedNumber => ({
  part: 'findings',
  direction: 'in',
  what: row.rule,
  value: row.count,
  unit: 'count',
  samples: row.count,
  verdict: row.severity,
  source: row.trace.api,
})

/** Every number of a scorecard, each with its samples and source. */
export const exportedNumbers = (card: {
  readonly measures: readonly Measure[]
  readonly answers: readonly AnswerRow[]
  readonly prices: readonly PriceRow[]
  readonly findings: readonly FindingRow[]
}): readonly ExportedNumber[] => [
  ...card.measures.map(({ group, direction, title, value, unit, samples, verdict, trace }) => ({
    part: group,
    direction: direction ?? '',
    what: title,
    value: value ?? '',
    unit,
    samples,
    verdict,
    source: trace.api,
  })),
  ...card.answers.flatMap(ofAnswers),
  ...card.prices.map(ofPrices),
  ...card.findings.map(ofFindings),
]
