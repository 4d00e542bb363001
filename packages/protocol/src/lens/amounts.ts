import { add, compare, decimal, divide, multiply, subtract, toNumber } from '../decimal/index.js'

/** The exact sum of JSON numbers, as the nearest JSON number. */
export const sumOf = (values: readonly number[]): number =>
  toNumber(values.map((value) => decimal(value)).reduce(add, decimal(0)))

/** The exact difference of two JSON numbers, as the nearest JSON number. */
export const differenceOf = (minuend: number, subtrahend: number): number =>
  toNumber(subtract(decimal(minuend), decimal(subtrahend)))

const PRICE_DECIMALS = 6
const HUNDRED = decimal(100)

/** A gross price without its VAT: `gross / (1 + percent / 100)` to six decimals, half up; undefined when percent is -100 or less. */
export const withoutVat = (gross: number, percent: number): number | undefined => {
  const divisor = add(HUNDRED, decimal(percent))
  if (compare(divisor, decimal(0)) <= 0) return undefined
  return toNumber(divide(multiply(decimal(gross), HUNDRED), divisor, PRICE_DECIMALS))
}
