import type { PublishedAmount, Quote, QuoteComparison, Unknown } from '@interwatt/pricing'
import { zoneClock } from '@interwatt/pricing'
import type { Paint } from '../terminal/screen.js'
import { pairLines, tableLines } from '../terminal/table.js'
import { amount, explanationLines } from './check-lines.js'

interface Surface {
  readonly width: number
  readonly paint: Paint
}

const priceText = ({ before_taxes, after_taxes }: PublishedAmount, currency: string): string =>
  after_taxes === undefined
    ? `${amount(before_taxes)} ${currency}, taxes not known`
    : before_taxes === undefined
      ? `${amount(after_taxes)} ${currency} with taxes`
      : `${amount(before_taxes)} ${currency}, ${amount(after_taxes)} with taxes`

/** `2026-11-22 18:00:00`, in the zone or in UTC. */
const timeText = (at: string, timeZone: string | undefined): string => {
  const epochMs = Date.parse(at)
  const clock = timeZone === undefined ? undefined : zoneClock(timeZone)
  const local = new Date(epochMs + (clock?.offsetMsAt(epochMs) ?? 0)).toISOString()
  return `${local.slice(0, 10)} ${local.slice(11, 19)}`
}

const lengthText = (seconds: number): string => {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return [
    ...(hours > 0 ? [`${hours} h`] : []),
    ...(minutes > 0 ? [`${minutes} min`] : []),
    ...(rest > 0 && hours === 0 ? [`${rest} s`] : []),
  ].join(' ')
}

const VALUE: Readonly<Record<Unknown, (value: number) => string>> = {
  power: (value) => `${Math.round(value)} % of the power`,
  parking: (value) => `${Math.round(value)} min of parking`,
  start: (value) => (value === 0 ? 'a start as planned' : `a start ${Math.round(value)} min later`),
}

const rangeLines = ({ range, currency }: Quote): readonly (readonly [string, string])[] => {
  const { low, high, dependsOn, complete } = range
  if (dependsOn.length === 0 && complete) return []
  const rows = dependsOn.map(
    (one) =>
      [
        `  by ${one.unknown}`,
        `${amount(one.low.after_taxes ?? one.low.before_taxes)} at ${VALUE[one.unknown](one.lowAt)}, ` +
          `${amount(one.high.after_taxes ?? one.high.before_taxes)} at ${VALUE[one.unknown](one.highAt)}`,
      ] as const,
  )
  return [
    ['At least', priceText(low, currency)],
    ['At most', priceText(high, currency)],
    ...rows,
    ...(complete ? [] : [['', 'not every case has a price: no tariff is in force then'] as const]),
  ]
}

/** A quote for people: tariff, times, lines, price and range. */
export const quoteLines = (
  quote: Quote,
  timeZone: string | undefined,
  screen: Surface,
): readonly string[] => {
  const { tariff, ties, explanation, currency, total, energyKwh, chargingSeconds } = quote
  const zone = timeZone ?? 'UTC'
  return [
    ...pairLines(
      [
        ['Tariff', `${tariff.id}${tariff.type === undefined ? '' : `, ${tariff.type}`}`],
        ...ties.map(({ id }) => ['', `${id} fits as well`] as const),
        ['Start', `${timeText(quote.startsAt, timeZone)} ${zone}`],
        [
          'Charged',
          `${timeText(quote.chargedAt, timeZone)}, ${energyKwh} kWh in ${lengthText(chargingSeconds)}`,
        ],
        ...(quote.endsAt === quote.chargedAt
          ? []
          : [['Unplugged', timeText(quote.endsAt, timeZone)] as const]),
      ],
      screen.width,
    ),
    '',
    ...explanationLines(explanation, screen.width),
    ...pairLines(
      [['Price', screen.paint.bold(priceText(total, currency))], ...rangeLines(quote)],
      screen.width,
    ),
  ]
}

/** Several quotes for people, cheapest first. */
export const comparisonLines = ({ quotes, refused }: QuoteComparison, screen: Surface): readonly string[] => [
  ...tableLines(
    ['', 'before taxes', 'after taxes', 'charging', ''],
    quotes.map(({ id, quote, dearerBy }) => [
      id,
      `${amount(quote.total.before_taxes)} ${quote.currency}`,
      `${amount(quote.total.after_taxes)} ${quote.currency}`,
      lengthText(quote.chargingSeconds),
      dearerBy?.text ?? (quotes[0]?.id === id ? 'cheapest' : 'another currency'),
    ]),
    screen.width,
  ),
  ...refused.map(({ id, refusal }) => `${id}: no price, ${refusal.message}`),
]
