import { decimal, multiply, roundHalfUp, subtract } from '@interwatt/protocol'
import { divideRounded, powerOfTen } from '../exact/money.js'
import { apportion } from '../publish/publish.js'
import { currencyDigits } from '../tariff/currency.js'
import { type Charged, chargedFor } from './charged.js'
import {
  type Explanation,
  type FreeQuantity,
  isPriceLine,
  type PassedOver,
  type PriceLine,
} from './explain.js'

/** Whether a stated price includes tax: `included`, `extra` where it comes on top, `none` where there is none. */
export type PriceTax = 'included' | 'extra' | 'none'

/** An amount as it is printed: a whole count of 10^-`digits` of the currency of the explanation. */
export interface ShownAmount {
  readonly units: bigint
  readonly digits: number
}

/** What was charged, with a printed amount. */
export interface ChargedStatement {
  readonly kind: 'charged'
  readonly charged: Charged
  readonly line: PriceLine
  readonly tax: PriceTax
  /** Undefined where the amount on the side that is shown is not known. */
  readonly amount: ShownAmount | undefined
}

/** What a limit or rounding changed, with a printed amount. */
export interface AdjustmentStatement {
  readonly kind: 'minimum' | 'maximum' | 'rounding'
  readonly amount: ShownAmount
}

/** A quantity without a price. */
export interface UnpricedStatement {
  readonly kind: 'unpriced'
  readonly charged: 'energy' | 'time' | 'parking' | 'reservation'
  readonly free: FreeQuantity
}

/** An explanation as statements: the amounts of the lines add up to the total, printed digit by printed digit. */
export interface SessionStatements {
  readonly currency: string
  /** What the amounts are: with tax where that is known, else without; `unknown` where neither total is. */
  readonly side: 'after_taxes' | 'before_taxes' | 'unknown'
  readonly lines: readonly (ChargedStatement | AdjustmentStatement)[]
  readonly unpriced: readonly UnpricedStatement[]
  readonly total: ShownAmount | undefined
  readonly taxes: Explanation['taxes']
}

/** Lines of an explanation have six decimals. */
const EXACT_DIGITS = 6

type Side = 'after_taxes' | 'before_taxes'

/** An amount of an explanation as a whole count of 10^-`digits`. */
const countOf = (value: number, digits: number): bigint => roundHalfUp(decimal(value), digits).coefficient

/** As many digits as the currency has, or more where the total was published with more. */
const digitsFor = ({ currency, total }: Explanation): number => {
  const least = currencyDigits(currency)
  const stated = [total.before_taxes, total.after_taxes].map((value) => decimal(value ?? 0).scale)
  return Math.min(EXACT_DIGITS, Math.max(least, ...stated))
}

/**
 * The whole shares of `total` for lines of these exact amounts, credits and charges each in proportion, so that they
 * add up to it.
 */
const sharesOf = (total: bigint, exact: readonly bigint[], unit: bigint): readonly bigint[] => {
  const charges = exact.map((amount) => (amount > 0n ? amount : 0n))
  const credits = exact.map((amount) => (amount < 0n ? -amount : 0n))
  const owed = credits.reduce((sum, amount) => sum + amount, 0n)
  const credit = charges.some((amount) => amount > 0n) ? divideRounded(owed, unit, 'half-up') : -total
  const plus = apportion(total + credit, charges)
  const minus = apportion(credit, credits)
  return exact.map((_, index) => (plus[index] ?? 0n) - (minus[index] ?? 0n))
}

/** Whether the price of a line includes tax, told by which of its sides quantity times price is. */
const taxOf = ({ before_taxes, after_taxes, billed, price }: PriceLine): PriceTax => {
  if (before_taxes === undefined) return 'included'
  if (after_taxes === undefined) return 'extra'
  if (before_taxes === after_taxes) return 'none'
  const stated = multiply(decimal(billed), decimal(price))
  const distance = (side: number): bigint => {
    const { coefficient } = roundHalfUp(subtract(decimal(side), stated), 12)
    return coefficient < 0n ? -coefficient : coefficient
  }
  return distance(before_taxes) <= distance(after_taxes) ? 'extra' : 'included'
}

/** The first period in which anything was charged or parked; what was reserved before does not count. */
const firstPeriodOf = ({ lines, free }: Explanation): number => {
  const charging = [...lines.filter(isPriceLine), ...free].filter(({ family }) => family === 'charging')
  return Math.min(...charging.map(({ stretches }) => stretches[0]?.period ?? 0))
}

/** What a line is charged for; a fee that is due from the first period on is a start fee. */
export const chargedOf = (explanation: Explanation, { family, type, stretches }: PriceLine): Charged =>
  chargedFor(family, type, (stretches[0]?.period ?? 0) > firstPeriodOf(explanation))

const unpricedOf = (free: FreeQuantity): UnpricedStatement => {
  const names = { ENERGY: 'energy', TIME: 'time', PARKING_TIME: 'parking' } as const
  return { kind: 'unpriced', charged: free.family === 'charging' ? names[free.type] : 'reservation', free }
}

const chargedStatement = (
  explanation: Explanation,
  line: PriceLine,
  amount: ShownAmount | undefined,
): ChargedStatement => ({
  kind: 'charged',
  charged: chargedOf(explanation, line),
  line,
  tax: taxOf(line),
  amount,
})

const withoutTotal = (
  explanation: Explanation,
  digits: number,
  lines: readonly PriceLine[],
): SessionStatements['lines'] =>
  lines.map((line) => {
    const amount = line.after_taxes ?? line.before_taxes
    const shown = amount === undefined ? undefined : { units: countOf(amount, digits), digits }
    return chargedStatement(explanation, line, shown)
  })

/** How a total is made up of its lines, in printed units. */
interface Parts {
  readonly shares: readonly bigint[]
  readonly limit: bigint
  readonly rounding: bigint
}

const partsOf = (total: bigint, exact: readonly bigint[], limited: bigint, unit: bigint): Parts => {
  const limit = divideRounded(limited, unit, 'half-up')
  const sum = exact.reduce((before, amount) => before + amount, 0n)
  // What lines lose or gain to make the total whole is at most one unit; more is a policy, and gets a line.
  const left = total - limit
  const distance = left * unit - sum
  const spread = sum !== 0n && distance <= unit && -distance <= unit
  const share = spread ? left : divideRounded(sum, unit, 'half-up')
  return { shares: sharesOf(share, exact, unit), limit, rounding: left - share }
}

const withTotal = (
  explanation: Explanation,
  digits: number,
  side: Side,
  lines: readonly PriceLine[],
): SessionStatements['lines'] => {
  const limit = explanation.lines.find((line) => !isPriceLine(line) && line.type !== 'ROUNDING')
  const { shares, ...rest } = partsOf(
    countOf(explanation.total[side] ?? 0, digits),
    lines.map((line) => countOf(line[side] ?? 0, EXACT_DIGITS)),
    countOf(limit?.[side] ?? 0, EXACT_DIGITS),
    powerOfTen(EXACT_DIGITS - digits),
  )
  const adjusted = (kind: AdjustmentStatement['kind'], units: bigint): readonly AdjustmentStatement[] =>
    units === 0n ? [] : [{ kind, amount: { units, digits } }]
  return [
    ...lines.map((line, index) =>
      chargedStatement(explanation, line, { units: shares[index] ?? 0n, digits }),
    ),
    ...adjusted(limit?.type === 'MIN_PRICE' ? 'minimum' : 'maximum', rest.limit),
    ...adjusted('rounding', rest.rounding),
  ]
}

/** An explanation as statements with amounts that are rounded and add up, ready for words in any language. */
export const sessionStatements = (explanation: Explanation): SessionStatements => {
  const { total, currency, taxes } = explanation
  const digits = digitsFor(explanation)
  const side: SessionStatements['side'] =
    total.after_taxes !== undefined
      ? 'after_taxes'
      : total.before_taxes === undefined
        ? 'unknown'
        : 'before_taxes'
  const lines = explanation.lines.filter(isPriceLine)
  return {
    currency,
    side,
    lines:
      side === 'unknown'
        ? withoutTotal(explanation, digits, lines)
        : withTotal(explanation, digits, side, lines),
    unpriced: explanation.free.map(unpricedOf),
    total: side === 'unknown' ? undefined : { units: countOf(total[side] ?? 0, digits), digits },
    taxes,
  }
}

/** What kept other elements from applying, each restriction once. */
export const reasonsOf = (passed: readonly PassedOver[]): readonly PassedOver[] => {
  const seen = new Set<string>()
  return passed.filter(({ restriction, bound }) => {
    const key = JSON.stringify([restriction, bound])
    return !seen.has(key) && seen.add(key)
  })
}
