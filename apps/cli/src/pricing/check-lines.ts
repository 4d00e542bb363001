import {
  type AdjustmentLine,
  type CdrCheck,
  type CheckFinding,
  type Explanation,
  isPriceLine,
  type PriceLine,
  type PublishedAmount,
} from '@interwatt/pricing'
import type { ocpi230 } from '@interwatt/protocol'
import type { Paint } from '../terminal/screen.js'
import { tableLines } from '../terminal/table.js'

const UNIT = { ENERGY: 'kWh', TIME: 'h', PARKING_TIME: 'h', FLAT: '' } as const

/** An amount for people: at least two decimals, as many as there are otherwise. */
export const amount = (value: number | undefined): string => {
  if (value === undefined) return '-'
  const text = String(value)
  return /\.\d{3,}$/.test(text) || text.includes('e') ? text : value.toFixed(2)
}

/** A line of a price as the cells of a row. */
const lineRow = (line: PriceLine | AdjustmentLine): readonly string[] => {
  if (!isPriceLine(line))
    return [line.type, '', '', '', '', amount(line.before_taxes), amount(line.after_taxes), '']
  const { type, family, measured, billed, price, vat, before_taxes, after_taxes, tariff_id, pointer } = line
  const unit = UNIT[type]
  const quantity = (value: number) => (type === 'FLAT' ? '' : `${value} ${unit}`)
  return [
    family === 'charging' ? type : `${type} (${family})`,
    quantity(measured),
    quantity(billed),
    `${price}${unit === '' ? '' : `/${unit}`}`,
    vat === undefined ? '-' : `${vat} %`,
    amount(before_taxes),
    amount(after_taxes),
    `${tariff_id} ${pointer}`,
  ]
}

/** The names of those cells. */
const LINE_HEADER = [
  'line',
  'measured',
  'billed',
  'price',
  'tax',
  'before taxes',
  'after taxes',
  'tariff component',
]

/** The lines of a price as a table, then what is free; each followed by an empty line where there is any. */
export const explanationLines = ({ lines, free }: Explanation, width: number): readonly string[] => [
  ...(lines.length === 0 ? [] : [...tableLines(LINE_HEADER, lines.map(lineRow), width), '']),
  ...free.map(
    ({ type, measured }) => `${type} ${measured} ${UNIT[type]}: no element of the tariff prices it`,
  ),
  ...(free.length === 0 ? [] : ['']),
]

const statedPart = (price: ocpi230.Price | undefined): PublishedAmount | undefined => {
  if (price === undefined) return undefined
  const { before_taxes, taxes = [] } = price
  const after = taxes.reduce((sum, tax) => sum + tax.amount, before_taxes)
  return { before_taxes, ...(taxes.length === 0 ? {} : { after_taxes: Math.round(after * 1e6) / 1e6 }) }
}

const shown = ({ before_taxes, after_taxes }: PublishedAmount): string =>
  after_taxes === undefined ? amount(before_taxes) : `${amount(before_taxes)} / ${amount(after_taxes)}`

const PART_ROWS = [
  ['fixed', 'total_fixed_cost'],
  ['energy', 'total_energy_cost'],
  ['time', 'total_time_cost'],
  ['parking', 'total_parking_cost'],
  ['reservation', 'total_reservation_cost'],
] as const

/** Stated and recomputed totals side by side, before and after taxes. */
const totalRows = (cdr: ocpi230.CDR, { stated, recomputed, difference }: CdrCheck): readonly string[][] => {
  const parts = PART_ROWS.flatMap(([part, field]) => {
    const given = statedPart(cdr[field])
    const found = recomputed?.parts[part]
    const nothing = given === undefined && (found?.before_taxes ?? found?.after_taxes ?? 0) === 0
    if (nothing) return []
    return [[field, given === undefined ? '-' : shown(given), found === undefined ? '-' : shown(found), '']]
  })
  const total = recomputed === undefined ? '-' : shown(recomputed.total)
  return [...parts, ['total_cost', shown(stated), total, difference === undefined ? '-' : shown(difference)]]
}

const findingLines = (
  { code, severity, message, pointer }: CheckFinding,
  paint: Paint,
): readonly string[] => {
  const colour = severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.cyan
  return [
    `${colour(severity.padEnd(7))}  ${paint.bold(pointer === '' ? '(the CDR)' : pointer)}  ${code}`,
    `         ${message}`,
  ]
}

const VERDICT = {
  agrees: 'agrees: the CDR states what its session costs',
  differs: 'differs: the CDR does not reconcile',
  unpriced: 'unpriced: there is no telling what it should be',
} as const

/** A check for people: lines, totals stated and recomputed, findings, verdict. */
export const checkLines = (
  cdr: ocpi230.CDR,
  check: CdrCheck,
  screen: { readonly width: number; readonly paint: Paint },
): readonly string[] => {
  const { paint, width } = screen
  const { explanation, findings, outcome, currency } = check
  const verdict = outcome === 'agrees' ? paint.green(VERDICT.agrees) : paint.red(VERDICT[outcome])
  return [
    ...(explanation === undefined ? [] : explanationLines(explanation, width)),
    ...tableLines(
      [`${currency}, before / after taxes`, 'stated', 'recomputed', 'difference'],
      totalRows(cdr, check),
      width,
    ),
    '',
    ...findings.flatMap((one) => findingLines(one, paint)),
    ...(findings.length === 0 ? [] : ['']),
    verdict,
  ]
}
