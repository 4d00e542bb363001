import { chargedFor } from './charged.js'
import type { AdjustmentLine, Explanation, FreeQuantity, PassedOver, PriceLine } from './explain.js'
import { type Formats, formatsFor } from './formats.js'
import type { Language } from './language.js'
import { priceText } from './price-text.js'
import { chargedOf, reasonsOf } from './session-statements.js'

/** Columns of the table, in order. */
export const TABLE_COLUMNS = [
  'what',
  'measured',
  'billed',
  'price',
  'before_taxes',
  'after_taxes',
  'why',
] as const

/** A column of the table. */
export type TableColumn = (typeof TABLE_COLUMNS)[number]

/** A row as texts; empty where the column has nothing to say. */
export type TableRow = Readonly<Record<TableColumn, string>>

/** A price as a table for an operator. */
export interface ExplanationTable {
  readonly header: TableRow
  /** Lines, limits, rounding, what has no price, and the total at the end. */
  readonly rows: readonly TableRow[]
}

const EMPTY: TableRow = {
  what: '',
  measured: '',
  billed: '',
  price: '',
  before_taxes: '',
  after_taxes: '',
  why: '',
}

const EXACT_DIGITS = 6
const SECONDS_PER_HOUR = 3600

const amounts = (
  line: { readonly before_taxes?: number; readonly after_taxes?: number },
  formats: Formats,
): Pick<TableRow, 'before_taxes' | 'after_taxes'> => ({
  before_taxes: line.before_taxes === undefined ? '' : formats.price(line.before_taxes),
  after_taxes: line.after_taxes === undefined ? '' : formats.price(line.after_taxes),
})

const quantity = ({ type }: Pick<PriceLine, 'type'>, value: number, formats: Formats): string => {
  if (type === 'FLAT') return ''
  return type === 'ENERGY' ? formats.energy(value) : formats.duration(value * SECONDS_PER_HOUR)
}

const found = ({ bound, found }: PassedOver): string => {
  const told = bound === undefined ? '' : ` ${Array.isArray(bound) ? bound.join(', ') : String(bound)}`
  if (found === undefined) return told
  const value = typeof found === 'number' ? Number(found.toFixed(EXACT_DIGITS)) : found
  return `${told} (${value})`
}

const passedOver = (passed: readonly PassedOver[], { words }: Formats): readonly string[] =>
  reasonsOf(passed).map((one) => words.table.passedOver(one.pointer, one.restriction, found(one)))

const lineRow = (explanation: Explanation, line: PriceLine, formats: Formats): TableRow => {
  const { words } = formats
  const step =
    line.step_size === undefined
      ? []
      : [words.table.step(`${line.step_size} ${line.type === 'ENERGY' ? 'Wh' : 's'}`)]
  const why = [
    words.table.component(line.pointer, line.tariff_id),
    ...step,
    ...passedOver(line.passed_over, formats),
  ]
  return {
    what: words.names[chargedOf(explanation, line)],
    measured: quantity(line, line.measured, formats),
    billed: quantity(line, line.billed, formats),
    price: priceText(line.type, line.price, formats, undefined),
    ...amounts(line, formats),
    why: why.join('; '),
  }
}

const ADJUSTMENT = { MIN_PRICE: 'minimum', MAX_PRICE: 'maximum', ROUNDING: 'rounding' } as const

const adjustmentRow = (line: AdjustmentLine, formats: Formats): TableRow => ({
  ...EMPTY,
  what: formats.words.table[ADJUSTMENT[line.type]],
  ...amounts(line, formats),
})

const freeRow = (free: FreeQuantity, formats: Formats): TableRow => ({
  ...EMPTY,
  what: formats.words.names[chargedFor(free.family, free.type, false)],
  measured: quantity(free, free.measured, formats),
  why: [formats.words.table.notPriced, ...passedOver(free.passed_over, formats)].join('; '),
})

/** A price as a table for an operator, with the exact amounts of the lines and where in the tariff they come from. */
export const explanationTable = (explanation: Explanation, language: Language = 'en'): ExplanationTable => {
  const formats = formatsFor(language, explanation.currency)
  const { table } = formats.words
  return {
    header: table.header,
    rows: [
      ...explanation.lines.map((line) =>
        'family' in line ? lineRow(explanation, line, formats) : adjustmentRow(line, formats),
      ),
      ...explanation.free.map((free) => freeRow(free, formats)),
      { ...EMPTY, what: table.total, ...amounts(explanation.total, formats) },
    ],
  }
}
