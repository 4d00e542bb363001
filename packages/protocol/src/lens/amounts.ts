import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  multiply,
  subtract,
  toNumber,
} from '../decimal/index.js'

/** The nearest JSON number; undefined beyond the range of a double, which JSON cannot carry. */
const inRange = (value: Decimal): number | undefined => {
  const nearest = toNumber(value)
  return Number.isFinite(nearest) ? nearest : undefined
}

/** True for what can be an amount in a document. */
export const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value)

/** The exact sum of JSON numbers, as the nearest JSON number; undefined when out of range. */
export const sumOf = (values: readonly number[]): number | undefined =>
  inRange(values.map((value) => decimal(value)).reduce(add, decimal(0)))

/** The exact difference of two JSON numbers, as the nearest JSON number; undefined when out of range. */
export const differenceOf = (minuend: number, subtrahend: number): number | undefined =>
  inRange(subtract(decimal(minuend), decimal(subtrahend)))

const PRICE_DECIMALS = 6
const HUNDRED = decimal(100)

/** A gross price without its VAT: `gross / (1 + percent / 100)` to six decimals, half up; undefined when percent is -100 or less. */
export const withoutVat = (gross: number, percent: number): number | undefined => {
  const divisor = add(HUNDRED, decimal(percent))
  if (compare(divisor, decimal(0)) <= 0) return undefined
  return inRange(divide(multiply(decimal(gross), HUNDRED), divisor, PRICE_DECIMALS))
}
