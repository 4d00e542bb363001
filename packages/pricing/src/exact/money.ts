/**
 * An exact amount: `numerator / denominator` units of a currency. The denominator is that of the tariffs it was
 * computed with, in which every amount they can produce is whole.
 */
export interface Money {
  readonly numerator: bigint
  /** Positive. */
  readonly denominator: bigint
}

/** How what lies between two roundable values is decided. `half-up` rounds halves away from zero. */
export type RoundingMode = 'half-up' | 'half-even' | 'up' | 'down'

const towardsZero = (magnitude: bigint, divisor: bigint, mode: RoundingMode): bigint => {
  const quotient = magnitude / divisor
  const rest = magnitude - quotient * divisor
  if (rest === 0n || mode === 'down') return quotient
  if (mode === 'up') return quotient + 1n
  const twice = rest * 2n
  if (twice === divisor) return mode === 'half-up' || quotient % 2n === 1n ? quotient + 1n : quotient
  return twice > divisor ? quotient + 1n : quotient
}

/** A whole quotient by the mode; symmetric about zero, so that a credit stays the exact negative. `divisor` > 0. */
export const divideRounded = (dividend: bigint, divisor: bigint, mode: RoundingMode): bigint =>
  dividend < 0n ? -towardsZero(-dividend, divisor, mode) : towardsZero(dividend, divisor, mode)

const powers: readonly bigint[] = Array.from({ length: 13 }, (_, exponent) => 10n ** BigInt(exponent))

/** Ten to a power of 0 to 12 without computing it; larger ones are computed. */
export const powerOfTen = (exponent: number): bigint => powers[exponent] ?? 10n ** BigInt(exponent)

/** The amount in units of 10^-`digits`, rounded by the mode. */
export const roundMoney = (money: Money, digits: number, mode: RoundingMode): bigint =>
  divideRounded(money.numerator * powerOfTen(digits), money.denominator, mode)

const POWERS = powers.map(Number)

/** Below this, a quotient of doubles is less than a millionth away from the exact one. */
const NEAR = 1e9
/** How close to where the rounding turns a quotient of doubles may come and still be trusted. */
const DOUBT = 1e-5

/**
 * `value / denominator` in units of 10^-`digits`, rounded by the mode, for amounts of up to 2^53 such units. The quotient
 * of the two as doubles decides unless it lies close to where the rounding turns; then whole numbers do.
 */
export const roundedUnits = (
  value: bigint,
  denominator: bigint,
  digits: number,
  mode: RoundingMode,
): number => {
  const power = POWERS[digits]
  if (value === 0n) return 0
  if (power !== undefined) {
    const near = (Number(value) / Number(denominator)) * power
    if (near < NEAR && near > -NEAR) {
      const floor = Math.floor(near)
      const rest = near - floor
      if (mode === 'half-up' || mode === 'half-even') {
        if (rest < 0.5 - DOUBT) return floor
        if (rest > 0.5 + DOUBT) return floor + 1
      } else if (rest > DOUBT && rest < 1 - DOUBT) return (mode === 'up') === floor >= 0 ? floor + 1 : floor
    }
  }
  return Number(divideRounded(value * powerOfTen(digits), denominator, mode))
}

/** The JSON number of a whole count of 10^-`digits`: the nearest double, which prints as that decimal. */
export const numberOf = (units: bigint | number, digits: number): number =>
  Number(units) / (POWERS[digits] ?? Number(powerOfTen(digits)))

/** Exact sum, also of amounts with different denominators. */
export const addMoney = (a: Money, b: Money): Money =>
  a.denominator === b.denominator
    ? { numerator: a.numerator + b.numerator, denominator: a.denominator }
    : {
        numerator: a.numerator * b.denominator + b.numerator * a.denominator,
        denominator: a.denominator * b.denominator,
      }

/** -1, 0 or 1 by value. */
export const compareMoney = (a: Money, b: Money): -1 | 0 | 1 => {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The text of an amount with at most `digits` decimals, halves away from zero, no trailing zeros. */
export const moneyText = (money: Money, digits: number): string => {
  const units = roundMoney(money, digits, 'half-up')
  const magnitude = String(units < 0n ? -units : units).padStart(digits + 1, '0')
  const whole = magnitude.slice(0, magnitude.length - digits)
  const decimals = magnitude.slice(magnitude.length - digits).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`
}
