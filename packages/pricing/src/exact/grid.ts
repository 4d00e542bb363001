import { type Decimal, decimal, roundHalfUp } from '@interwatt/protocol'

/** A number that no session has: beyond the bounds of the grid it is read onto. */
export class OutOfRange extends RangeError {}

/** More of something than any session or tariff has; the work it would make is refused. */
export class TooLong extends RangeError {}

/** Up to here a decimal of the grid and a JSON number name each other without doubt (15 digits). */
const SURE = 1e15

const slowly = (value: number, digits: number): number => {
  if (!Number.isFinite(value)) throw new OutOfRange('not a finite number')
  const rounded = Number(roundHalfUp(decimal(value), digits).coefficient)
  if (!Number.isSafeInteger(rounded)) throw new OutOfRange('a number is too large')
  return rounded
}

/**
 * A JSON number as a whole count of 1/`perUnit` (a power of ten with `digits` zeros), exact for every decimal that has
 * no more digits than that; finer ones are rounded, halves away from zero. The division proves the count: it gives
 * back the double nearest to the decimal, which is the number. Throws `OutOfRange` beyond ±9×10^15 counts.
 */
export const countOf = (value: number, perUnit: number, digits: number): number => {
  const count = Math.round(value * perUnit)
  return count / perUnit === value && count <= SURE && count >= -SURE ? count + 0 : slowly(value, digits)
}

/** Energy is counted in millionths of a watt-hour, 10^9 of them in a kWh. */
export const ENERGY_PER_KWH = 1e9
export const ENERGY_PER_WH = 1e6

/** Time is counted in ticks of 100 ns, so that milliseconds and billionths of an hour are both whole. */
export const TICKS_PER_MS = 1e4
export const TICKS_PER_SECOND = 1e7
export const TICKS_PER_HOUR = 3.6e10
const TICKS_PER_BILLIONTH_HOUR = 36

/** Kilowatt-hours as a whole count of millionths of a watt-hour. Throws `OutOfRange` beyond 9,000,000 kWh. */
export const energyOf = (kwh: number): number => countOf(kwh, ENERGY_PER_KWH, 9)

/** Hours as ticks. Throws `OutOfRange` beyond some 28 years. */
export const ticksOf = (hours: number): number => {
  const ticks = countOf(hours, 1e9, 9) * TICKS_PER_BILLIONTH_HOUR
  if (!Number.isSafeInteger(ticks)) throw new OutOfRange('a duration is too long')
  return ticks
}

/** The exact decimal of a whole count; `digits` are those of the grid. */
export const decimalOf = (count: number, digits: number): Decimal => ({
  coefficient: BigInt(count),
  scale: digits,
})

/** The smallest multiple of `step` (whole, positive) that is not below `value` (whole). */
export const ceilTo = (value: number, step: number): number => {
  const over = value % step
  return over === 0 ? value : over > 0 ? value - over + step : value - over
}

/** `value × numerator / denominator` rounded to a whole count, halves up; all whole, the denominator positive. */
export const share = (value: number, numerator: number, denominator: number): number => {
  const product = value * numerator
  if (Number.isSafeInteger(product)) return Math.floor((2 * product + denominator) / (2 * denominator))
  const twice = 2n * BigInt(value) * BigInt(numerator) + BigInt(denominator)
  const divisor = 2n * BigInt(denominator)
  const quotient = twice / divisor
  return Number(twice < 0n && quotient * divisor !== twice ? quotient - 1n : quotient)
}
