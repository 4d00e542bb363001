import type { ocpi230 } from '@interwatt/protocol'
import {
  add,
  compare,
  divide,
  type Fraction,
  fraction,
  multiply,
  ONE,
  roundHalfUp,
  subtract,
  toNumber,
  ZERO,
} from './fraction.js'
import type { Tariff } from './restrictions.js'

/** Rounded money as it stands in a document. */
export type Price = ocpi230.Price

/** Unrounded money; net or gross is undefined when the tariff does not say enough to know it. */
export interface Amount {
  readonly net: Fraction | undefined
  readonly gross: Fraction | undefined
  /** Tax by VAT rate as written in the tariff. */
  readonly taxes: ReadonlyMap<number, Fraction>
}

export const NO_AMOUNT: Amount = { net: ZERO, gross: ZERO, taxes: new Map() }

const plus = (a: Fraction | undefined, b: Fraction | undefined): Fraction | undefined =>
  a === undefined || b === undefined ? undefined : add(a, b)

export const addAmounts = (a: Amount, b: Amount): Amount => {
  const taxes = new Map(a.taxes)
  for (const [rate, tax] of b.taxes) taxes.set(rate, add(taxes.get(rate) ?? ZERO, tax))
  return { net: plus(a.net, b.net), gross: plus(a.gross, b.gross), taxes }
}

/** What a quantity times a price means as `tax_included` says (TAR-079, TAR-080). */
export const amountOf = (product: Fraction, vat: number | undefined, taxIncluded: string): Amount => {
  if (product.numerator === 0n) return NO_AMOUNT
  if (taxIncluded === 'N/A') return { net: product, gross: product, taxes: new Map() }
  if (vat === undefined)
    return taxIncluded === 'YES'
      ? { net: undefined, gross: product, taxes: new Map() }
      : { net: product, gross: undefined, taxes: new Map() }
  const factor = add(ONE, divide(fraction(vat), fraction(100)))
  const net = taxIncluded === 'YES' ? divide(product, factor) : product
  const gross = taxIncluded === 'YES' ? product : multiply(product, factor)
  return { net, gross, taxes: new Map([[vat, subtract(gross, net)]]) }
}

const clamp = (value: Fraction, min: Fraction | undefined, max: Fraction | undefined): Fraction => {
  const raised = min !== undefined && compare(value, min) < 0 ? min : value
  return max !== undefined && compare(raised, max) > 0 ? max : raised
}

const limit = (value: number | undefined): Fraction | undefined =>
  value === undefined ? undefined : fraction(value)

const scaleTaxes = (taxes: ReadonlyMap<number, Fraction>, total: Fraction): Map<number, Fraction> => {
  const before = [...taxes.values()].reduce(add, ZERO)
  const target = total.numerator < 0n ? ZERO : total
  if (before.numerator === 0n) return new Map(taxes)
  return new Map([...taxes].map(([rate, tax]) => [rate, divide(multiply(tax, target), before)]))
}

/**
 * `min_price` and `max_price` of the whole session, net and gross each against its own limit (TAR-078). A limit
 * without gross value scales the gross as it scaled the net.
 */
export const applyLimits = (amount: Amount, tariff: Tariff): Amount => {
  const { min_price: min, max_price: max } = tariff
  if ((min === undefined && max === undefined) || amount.net === undefined) return amount
  const net = clamp(amount.net, limit(min?.before_taxes), limit(max?.before_taxes))
  if (amount.gross === undefined) return { ...amount, net }
  const ownGross = clamp(amount.gross, limit(min?.after_taxes), limit(max?.after_taxes))
  const hit = compare(net, amount.net) < 0 ? max : compare(net, amount.net) > 0 ? min : undefined
  const gross =
    hit !== undefined && hit.after_taxes === undefined && amount.net.numerator !== 0n
      ? divide(multiply(amount.gross, net), amount.net)
      : ownGross
  return { net, gross, taxes: scaleTaxes(amount.taxes, subtract(gross, net)) }
}

/** Decimals of the currency's minor unit; 2 when the currency is unknown. */
const minorDigits = (currency: string): number => {
  try {
    return (
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
    )
  } catch {
    return 2
  }
}

/**
 * The published Price: net and gross rounded once, half up (TAR-085), one tax line per rate; the last line takes
 * what rounding left, so that net plus taxes is the rounded gross. Undefined when the net amount is unknown.
 */
export const toPrice = (amount: Amount, currency: string): Price | undefined => {
  if (amount.net === undefined) return undefined
  const digits = minorDigits(currency)
  const net = roundHalfUp(amount.net, digits)
  if (amount.gross === undefined || amount.taxes.size === 0) return { before_taxes: toNumber(net) }
  let left = subtract(roundHalfUp(amount.gross, digits), net)
  const rates = [...amount.taxes]
  const taxes = rates.map(([percentage, tax], index) => {
    const rounded = index === rates.length - 1 ? left : roundHalfUp(tax, digits)
    left = subtract(left, rounded)
    return { name: 'VAT', percentage, amount: toNumber(rounded) }
  })
  return { before_taxes: toNumber(net), taxes }
}

/** Net plus taxes of a published Price. */
export const grossOf = (price: Price): number =>
  toNumber(
    (price.taxes ?? []).reduce(
      (total, tax) => add(total, fraction(tax.amount)),
      fraction(price.before_taxes),
    ),
  )
