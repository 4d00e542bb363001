import type { Rehearsal, RehearsedCost, RehearsedSession } from '@interwatt/pricing'
import { currencyDigits } from '@interwatt/pricing'
import { tableLines } from '../terminal/table.js'

const amountText = (amount: number | undefined, digits: number): string =>
  amount === undefined ? '-' : amount.toFixed(digits)

const costText = (cost: RehearsedCost | undefined, side: Rehearsal['side'], digits: number): string => {
  if (cost === undefined) return ''
  if (cost.kind === 'refused') return 'no price'
  return amountText(side === undefined ? (cost.after_taxes ?? cost.before_taxes) : cost[side], digits)
}

const signed = (amount: number | undefined, digits: number): string =>
  amount === undefined ? '-' : `${amount > 0 ? '+' : ''}${amount.toFixed(digits)}`

const started = ({ session }: RehearsedSession): string =>
  `${session.start.day.slice(0, 1)}${session.start.day.slice(1, 3).toLowerCase()} ${session.start.time}`

const refusals = ({ sessions }: Rehearsal): readonly string[] => {
  const costs = sessions.flatMap(({ cost, replaced }) => [
    cost,
    ...(replaced === undefined ? [] : [replaced]),
  ])
  return [...new Set(costs.flatMap((cost) => (cost.kind === 'refused' ? [cost.message] : [])))]
}

const SIDE = { after_taxes: 'with tax', before_taxes: 'before tax' } as const

/** A rehearsal as a table with its averages. */
export const rehearsalLines = (rehearsal: Rehearsal, width: number): readonly string[] => {
  const { side, currency, sessions, averages, incomparable, timeZone } = rehearsal
  const digits = currencyDigits(currency)
  const compares = sessions.some(({ replaced }) => replaced !== undefined)
  const columns = (before: string, now: string, difference: string): readonly string[] =>
    compares ? [before, now, difference] : [now]
  const rows = sessions.map((row) => [
    row.session.title,
    started(row),
    ...columns(
      costText(row.replaced, side, digits),
      costText(row.cost, side, digits),
      signed(row.difference, digits),
    ),
  ])
  const average =
    averages === undefined
      ? []
      : [
          [
            `Average of ${averages.sessions}`,
            '',
            ...columns(
              averages.replaced === undefined ? '-' : amountText(averages.replaced, digits),
              amountText(averages.cost, digits),
              signed(averages.difference, digits),
            ),
          ],
        ]
  const header = ['SESSION', 'STARTS', ...columns('OLD', 'NEW', 'DIFFERENCE')]
  return [
    `In ${currency}${side === undefined ? '' : ` ${SIDE[side]}`}, local times of ${timeZone}`,
    ...tableLines(header, [...rows, ...average], width),
    ...refusals(rehearsal).map((message) => `no price: ${message}`),
    ...(incomparable === undefined ? [] : [`not compared: ${incomparable}`]),
  ]
}
