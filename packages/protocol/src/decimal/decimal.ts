/** An exact decimal: `coefficient` × 10^-`scale`. Immutable; made by `decimal`. */
export interface Decimal {
  readonly coefficient: bigint
  /** Digits after the point, never negative. */
  readonly scale: number
}

const FORM = /^(-?)(\d{1,400})(?:\.(\d{1,400}))?(?:[eE]([+-]?\d{1,3}))?$/

const powerOfTen = (exponent: number): bigint => 10n ** BigInt(exponent)

const make = (coefficient: bigint, scale: number): Decimal => ({ coefficient, scale })

/**
 * A number through its shortest text, a text or a whole bigint as an exact decimal (TYP-042). Texts have at most 400
 * digits on either side and an exponent of at most three digits. Throws RangeError for anything else.
 */
export const decimal = (value: number | string | bigint): Decimal => {
  if (typeof value === 'bigint') return make(value, 0)
  const parts = FORM.exec(String(value))
  if (parts === null) throw new RangeError('not a decimal number')
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts
  const coefficient = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n)
  const scale = fraction.length - Number(exponent)
  return scale >= 0 ? make(coefficient, scale) : make(coefficient * powerOfTen(-scale), 0)
}

/** The coefficient at a scale that is at least the decimal's own. */
const coefficientAt = (value: Decimal, scale: number): bigint =>
  value.scale === scale ? value.coefficient : value.coefficient * powerOfTen(scale - value.scale)

/** Exact sum; its scale is the larger of the two. */
export const add = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale)
  return make(coefficientAt(a, scale) + coefficientAt(b, scale), scale)
}

/** Exact difference; its scale is the larger of the two. */
export const subtract = (a: Decimal, b: Decimal): Decimal => add(a, negate(b))

/** Exact product; its scale is the sum of the two. */
export const multiply = (a: Decimal, b: Decimal): Decimal =>
  make(a.coefficient * b.coefficient, a.scale + b.scale)

/** The same amount with the other sign. */
export const negate = (value: Decimal): Decimal => make(-value.coefficient, value.scale)

/** -1, 0 or 1 by value, whatever the scales: 1.0 equals 1. */
export const compare = (a: Decimal, b: Decimal): -1 | 0 | 1 => {
  const scale = Math.max(a.scale, b.scale)
  const [left, right] = [coefficientAt(a, scale), coefficientAt(b, scale)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** Whether the value is 0, in any scale. */
export const isZero = (value: Decimal): boolean => value.coefficient === 0n

const requireScale = (scale: number): void => {
  if (!Number.isInteger(scale) || scale < 0 || scale > 1000) throw new RangeError('scale outside 0 to 1000')
}

/** Integer quotient, halves away from zero; the divisor is positive. */
const divideHalfUp = (dividend: bigint, divisor: bigint): bigint => {
  const half = dividend < 0n ? -divisor : divisor
  return (dividend * 2n + half) / (divisor * 2n)
}

/**
 * The value with exactly `scale` decimals, halves away from zero, so that a credit stays the exact negative of what
 * it credits. Throws RangeError when `scale` is not a whole number of 0 to 1000.
 */
export const roundHalfUp = (value: Decimal, scale: number): Decimal => {
  requireScale(scale)
  if (value.scale <= scale) return make(coefficientAt(value, scale), scale)
  return make(divideHalfUp(value.coefficient, powerOfTen(value.scale - scale)), scale)
}

/** `a / b` rounded to `scale` decimals as `roundHalfUp`. Throws RangeError for division by zero or a bad scale. */
export const divide = (a: Decimal, b: Decimal, scale: number): Decimal => {
  requireScale(scale)
  if (b.coefficient === 0n) throw new RangeError('division by zero')
  const sign = b.coefficient < 0n ? -1n : 1n
  const dividend = a.coefficient * sign * powerOfTen(scale + b.scale)
  return make(divideHalfUp(dividend, b.coefficient * sign * powerOfTen(a.scale)), scale)
}

/** Plain digits with all decimals of the scale, never an exponent: `-0.50` (TYP-043). */
export const toText = (value: Decimal): string => {
  const negative = value.coefficient < 0n
  const digits = String(negative ? -value.coefficient : value.coefficient).padStart(value.scale + 1, '0')
  const whole = digits.slice(0, digits.length - value.scale)
  const text = value.scale === 0 ? whole : `${whole}.${digits.slice(-value.scale)}`
  return negative ? `-${text}` : text
}

/** The nearest JSON number, for documents; never compute with it. */
export const toNumber = (value: Decimal): number => Number(toText(value))
