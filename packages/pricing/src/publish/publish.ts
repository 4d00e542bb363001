import type { ocpi230 } from '@interwatt/protocol'
import { numberOf, type RoundingMode, roundedUnits } from '../exact/money.js'
import { type Amount, PARTS, type Part, partOf, roundAmount } from '../price/amounts.js'
import type { SessionPrice } from '../price/price-session.js'

/** An amount as documents carry it; a side that is not known is left out. */
export interface PublishedAmount {
  readonly before_taxes?: number
  readonly after_taxes?: number
}

/** One tax of a total. */
export interface PublishedTax {
  readonly name: string
  /** In percent; absent for a tax that only a limit made. */
  readonly percentage?: number
  readonly amount: number
}

/** The amounts of a price, rounded as the policy says. */
export interface PublishedPrice {
  readonly currency: string
  readonly total: PublishedAmount
  /** They account for all that lies between the two sides of the total; empty when one of them is not known. */
  readonly taxes: readonly PublishedTax[]
  readonly parts: Readonly<Record<Part, PublishedAmount>>
}

/** The amount rounded to `digits` decimals, as JSON numbers. */
export const publishAmount = (
  amount: Amount,
  denominator: bigint,
  digits: number,
  mode: RoundingMode,
): PublishedAmount => {
  const { net, gross } = amount
  const before = net === undefined ? 0 : numberOf(roundedUnits(net, denominator, digits, mode), digits)
  if (gross === undefined) return net === undefined ? {} : { before_taxes: before }
  const after_taxes = numberOf(roundedUnits(gross, denominator, digits, mode), digits)
  return net === undefined ? { after_taxes } : { before_taxes: before, after_taxes }
}

/**
 * Divides `total` among shares in proportion to their weights so that they add up to it exactly: each gets its share
 * cut to a whole, and what is left goes to those that lost most. All to the first when no share has weight.
 */
export const apportion = (total: bigint, weights: readonly bigint[]): readonly bigint[] => {
  const magnitudes = weights.map((weight) => (weight < 0n ? -weight : weight))
  const all = magnitudes.reduce((sum, weight) => sum + weight, 0n)
  if (all === 0n) return weights.map((_, index) => (index === 0 ? total : 0n))
  const magnitude = total < 0n ? -total : total
  const shares = magnitudes.map((weight, index) => ({
    index,
    units: (magnitude * weight) / all,
    rest: (magnitude * weight) % all,
  }))
  const left = magnitude - shares.reduce((sum, { units }) => sum + units, 0n)
  const byRest = [...shares].sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  )
  const raised = new Set(byRest.slice(0, Number(left)).map(({ index }) => index))
  return shares.map(({ index, units }) => (total < 0n ? -1n : 1n) * (raised.has(index) ? units + 1n : units))
}

/** Exact tax of each rate before limits, in the order of the rates; undefined for rates no line has. */
const taxesByRate = ({ lines, compiled }: SessionPrice): readonly (bigint | undefined)[] => {
  const taxes: (bigint | undefined)[] = compiled.rates.map(() => undefined)
  for (const { charge, amount } of lines) {
    const { rate } = charge.component
    if (rate === undefined || amount.net === undefined || amount.gross === undefined) continue
    taxes[rate] = (taxes[rate] ?? 0n) + amount.gross - amount.net
  }
  return taxes
}

/** The taxes of the total, one for each rate, adding up to the difference of its two sides (4.9). */
const publishTaxes = (price: SessionPrice, taxName: string): readonly PublishedTax[] => {
  const { net, gross } = price.total
  if (net === undefined || gross === undefined) return []
  const { digits, rates, unit } = price.compiled
  const difference = (gross - net) / unit
  const named = taxesByRate(price).flatMap((tax, rate) =>
    tax === undefined ? [] : [{ tax, percentage: rates[rate] ?? 0 }],
  )
  if (named.length === 0)
    return difference === 0n ? [] : [{ name: taxName, amount: numberOf(difference, digits) }]
  const amounts =
    named.length === 1
      ? [difference]
      : apportion(
          difference,
          named.map(({ tax }) => tax),
        )
  return named.map(({ percentage }, index) => ({
    name: taxName,
    percentage,
    amount: numberOf(amounts[index] ?? 0n, digits),
  }))
}

/** How published amounts are named. */
export interface PublishOptions {
  /** Name of the tax in 2.3.0 documents. Default "VAT". */
  readonly taxName?: string
}

/** A price as documents show it: rounded once, with its taxes. */
export const publish = (price: SessionPrice, options: PublishOptions = {}): PublishedPrice => {
  const { compiled, parts } = price
  const { denominator, digits, policy } = compiled
  const part = (name: Part): PublishedAmount =>
    publishAmount(parts[name], denominator, digits, policy.rounding_mode)
  return {
    currency: compiled.currency,
    total: publishAmount(price.total, denominator, digits, policy.rounding_mode),
    taxes: publishTaxes(price, options.taxName ?? 'VAT'),
    parts: {
      fixed: part('fixed'),
      energy: part('energy'),
      time: part('time'),
      parking: part('parking'),
      reservation: part('reservation'),
    },
  }
}

/** The total as a 2.3.0 Price; undefined when the amount before taxes is not known. */
export const totalPrice = (published: PublishedPrice): ocpi230.Price | undefined =>
  published.total.before_taxes === undefined
    ? undefined
    : {
        before_taxes: published.total.before_taxes,
        ...(published.taxes.length === 0 ? {} : { taxes: published.taxes.map((tax) => ({ ...tax })) }),
      }

/** One part of the total as a 2.3.0 Price: its own lines with their own taxes, rounded as a total of its own. */
export const partPrice = (
  price: SessionPrice,
  part: Part,
  options: PublishOptions = {},
): ocpi230.Price | undefined => {
  const lines = price.lines.filter(({ charge }) => partOf(charge.component) === part)
  const alone = { ...price, lines, total: roundAmount(price.parts[part], price.compiled) }
  const { digits, denominator, policy } = price.compiled
  const { before_taxes } = publishAmount(alone.total, denominator, digits, policy.rounding_mode)
  const taxes = publishTaxes(alone, options.taxName ?? 'VAT')
  if (before_taxes === undefined) return undefined
  return { before_taxes, ...(taxes.length === 0 ? {} : { taxes: taxes.map((tax) => ({ ...tax })) }) }
}

export { PARTS, type Part }
