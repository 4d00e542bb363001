/** A plain fraction, reduced after every step: slow, obvious, and nothing like what the engine counts with. */
export interface Fraction {
  readonly above: bigint
  /** Positive. */
  readonly below: bigint
}

const divisorOf = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisorOf(b, a % b))

const reduced = (above: bigint, below: bigint): Fraction => {
  const [over, under] = below < 0n ? [-above, -below] : [above, below]
  const divisor = divisorOf(over < 0n ? -over : over, under)
  return { above: over / divisor, below: under / divisor }
}

export const whole = (value: bigint | number): Fraction => ({ above: BigInt(value), below: 1n })
export const ZERO = whole(0)
export const plus = (a: Fraction, b: Fraction): Fraction =>
  reduced(a.above * b.below + b.above * a.below, a.below * b.below)
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { above: -b.above, below: b.below })
export const times = (a: Fraction, b: Fraction): Fraction => reduced(a.above * b.above, a.below * b.below)
export const over = (a: Fraction, b: Fraction): Fraction => reduced(a.above * b.below, a.below * b.above)
export const compare = (a: Fraction, b: Fraction): number => {
  const difference = a.above * b.below - b.above * a.below
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
export const isZero = (a: Fraction): boolean => a.above === 0n

const floor = (a: Fraction): bigint => {
  const quotient = a.above / a.below
  return a.above < 0n && quotient * a.below !== a.above ? quotient - 1n : quotient
}
export const ceiling = (a: Fraction): bigint => -floor({ above: -a.above, below: a.below })
/** To the nearest whole number, halves up. */
export const nearest = (a: Fraction): bigint => floor(plus(a, { above: 1n, below: 2n }))

/** A JSON number as the decimal it is written as. */
export const fractionOf = (value: number | string): Fraction => {
  const [digits = '', exponent = '0'] = String(value).toLowerCase().split('e')
  const [units = '', decimals = ''] = digits.split('.')
  const power = Number(exponent) - decimals.length
  const coefficient = BigInt(units + decimals)
  return power >= 0 ? whole(coefficient * 10n ** BigInt(power)) : reduced(coefficient, 10n ** BigInt(-power))
}

/** Rounded to so many decimals, halves away from zero, as text of that many decimals. */
export const fixed = (a: Fraction, digits: number): string => {
  const magnitude: Fraction = { above: a.above < 0n ? -a.above : a.above, below: a.below }
  const units = nearest(times(magnitude, whole(10n ** BigInt(digits))))
  const text = String(units).padStart(digits + 1, '0')
  const sign = a.above < 0n && units !== 0n ? '-' : ''
  const point = text.length - digits
  return `${sign}${text.slice(0, point)}${digits === 0 ? '' : `.${text.slice(point)}`}`
}
