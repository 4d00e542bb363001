/**
 * An exact number. Prices per hour over seconds have no finite decimal, so amounts stay fractions until they are
 * rounded once, at the end.
 */
export interface Fraction {
  readonly numerator: bigint
  /** Always positive; the pair has no common factor. */
  readonly denominator: bigint
}

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

const reduced = (numerator: bigint, denominator: bigint): Fraction => {
  const sign = denominator < 0n ? -1n : 1n
  const divisor = greatestCommonDivisor(numerator, denominator * sign)
  return { numerator: (numerator * sign) / divisor, denominator: (denominator * sign) / divisor }
}

/** The exact value of a number, read through its shortest decimal text (0.1 is one tenth). Throws when not finite. */
export const fraction = (value: number | bigint): Fraction => {
  if (typeof value === 'bigint') return { numerator: value, denominator: 1n }
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value))
  if (match === null) throw new RangeError(`not a finite number: ${value}`)
  const [, sign = '', whole = '0', decimals = '', exponent = '0'] = match
  const digits = BigInt(sign + whole + decimals)
  const scale = decimals.length - Number(exponent)
  return scale >= 0 ? reduced(digits, 10n ** BigInt(scale)) : reduced(digits * 10n ** BigInt(-scale), 1n)
}

export const ZERO: Fraction = { numerator: 0n, denominator: 1n }
export const ONE: Fraction = { numerator: 1n, denominator: 1n }

export const add = (a: Fraction, b: Fraction): Fraction =>
  reduced(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)

export const subtract = (a: Fraction, b: Fraction): Fraction =>
  add(a, { numerator: -b.numerator, denominator: b.denominator })

export const multiply = (a: Fraction, b: Fraction): Fraction =>
  reduced(a.numerator * b.numerator, a.denominator * b.denominator)

/** Throws RangeError when `b` is zero. */
export const divide = (a: Fraction, b: Fraction): Fraction =>
  reduced(a.numerator * b.denominator, a.denominator * b.numerator)

/** Negative when a < b, zero when equal, positive when a > b. */
export const compare = (a: Fraction, b: Fraction): number => {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export const sum = (values: readonly Fraction[]): Fraction => values.reduce(add, ZERO)

/** The largest integer not above the value. */
export const floor = (value: Fraction): bigint => {
  const quotient = value.numerator / value.denominator
  return value.numerator < 0n && quotient * value.denominator !== value.numerator ? quotient - 1n : quotient
}

/** The smallest multiple of `step` (positive) that is not below the value. */
export const ceilTo = (value: Fraction, step: Fraction): Fraction => {
  const negated = divide({ numerator: -value.numerator, denominator: value.denominator }, step)
  return multiply({ numerator: -floor(negated), denominator: 1n }, step)
}

/** Rounded to `digits` decimals, halves away from zero. */
export const roundHalfUp = (value: Fraction, digits: number): Fraction => {
  const scale = 10n ** BigInt(digits)
  const negative = value.numerator < 0n
  const absolute = negative ? -value.numerator : value.numerator
  const units = (absolute * scale * 2n + value.denominator) / (value.denominator * 2n)
  return reduced(negative ? -units : units, scale)
}

/** The JSON number nearest to the value; exact to read back for up to 15 significant digits. */
export const toNumber = (value: Fraction): number => Number(toText(value, 12))

/** Decimal text with at most `digits` decimals, halves away from zero, no trailing zeros. */
export const toText = (value: Fraction, digits: number): string => {
  const rounded = roundHalfUp(value, digits)
  const negative = rounded.numerator < 0n
  const absolute = negative ? -rounded.numerator : rounded.numerator
  const units = ((absolute * 10n ** BigInt(digits)) / rounded.denominator)
    .toString()
    .padStart(digits + 1, '0')
  const whole = units.slice(0, units.length - digits)
  const decimals = units.slice(units.length - digits).replace(/0+$/, '')
  return `${negative ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`
}
