import { compareMoney, type Money, moneyText, numberOf, roundMoney } from '../exact/money.js'
import { type Amount, PARTS, type Part } from '../price/amounts.js'
import { moneyDifference, payable } from './payable.js'
import type { ChargePlan } from './plan.js'
import { type Quote, type QuoteOutcome, quote } from './quote.js'
import type { QuoteRefusal } from './try-case.js'

/** What makes one quote dearer than another: a part of the price, or what a minimum or maximum price changed. */
export type PriceReason = Part | 'limit'

/** How much dearer a quote is than the cheapest of its currency, and why. */
export interface DearerBy {
  /** With tax where both are known with tax; at least 0. */
  readonly amount: number
  /** The parts that differ, largest first; negative where this quote is the cheaper one. They add up to `amount` but for rounding. */
  readonly because: readonly { readonly reason: PriceReason; readonly amount: number }[]
  /** The same in words. */
  readonly text: string
}

/** One of several quotes. */
export interface ComparedQuote {
  readonly id: string
  readonly quote: Quote
  /** Undefined for the cheapest, and for quotes in another currency than the cheapest of all that came first. */
  readonly dearerBy: DearerBy | undefined
}

/** Quotes in order of price, those without one last. */
export interface QuoteComparison {
  /** Cheapest first; equal ones by the time the car is ready, then as given. Other currencies follow, each in order. */
  readonly quotes: readonly ComparedQuote[]
  readonly refused: readonly { readonly id: string; readonly refusal: QuoteRefusal }[]
}

const WORDS: Readonly<Record<PriceReason, string>> = {
  fixed: 'fees',
  energy: 'energy',
  time: 'charging time',
  parking: 'parking',
  reservation: 'the reservation',
  limit: 'minimum or maximum price',
}

const sideOf = (amount: Amount, { price }: Quote, withTax: boolean): Money => ({
  numerator: (withTax ? amount.gross : amount.net) ?? 0n,
  denominator: price.compiled.denominator,
})

const reasonsOf = (cheapest: Quote, other: Quote, withTax: boolean) => {
  const difference = (of: (one: Quote) => Amount): Money =>
    moneyDifference(sideOf(of(other), other, withTax), sideOf(of(cheapest), cheapest, withTax))
  const change = (one: Quote): Amount => {
    const { exactTotal, subtotal } = one.price
    const side = (name: 'net' | 'gross'): bigint => (exactTotal[name] ?? 0n) - (subtotal[name] ?? 0n)
    return { net: side('net'), gross: side('gross') }
  }
  return [
    ...PARTS.map((part) => ({ reason: part, money: difference(({ price }) => price.parts[part]) })),
    { reason: 'limit' as const, money: difference(change) },
  ]
}

const magnitude = ({ numerator, denominator }: Money): Money => ({
  numerator: numerator < 0n ? -numerator : numerator,
  denominator,
})

const dearerBy = (cheapest: Quote, other: Quote): DearerBy => {
  const { digits, currency } = other.price.compiled
  const withTax = [cheapest, other].every(({ price }) => price.exactTotal.gross !== undefined)
  const number = (money: Money): number => numberOf(roundMoney(money, digits, 'half-up'), digits)
  const all = moneyDifference(
    sideOf(other.price.exactTotal, other, withTax),
    sideOf(cheapest.price.exactTotal, cheapest, withTax),
  )
  const because = reasonsOf(cheapest, other, withTax)
    .filter(({ money }) => number(money) !== 0)
    .sort((a, b) => compareMoney(magnitude(b.money), magnitude(a.money)))
  const [first] = because
  const more = `${moneyText(all, digits)} ${currency} more`
  const why =
    first === undefined
      ? ''
      : `, above all for ${WORDS[first.reason]} (${first.money.numerator < 0n ? '' : '+'}${moneyText(first.money, digits)})`
  return {
    amount: number(all),
    because: because.map(({ reason, money }) => ({ reason, amount: number(money) })),
    text: `${more}${why}`,
  }
}

const inOrder = (a: Quote, b: Quote): number =>
  compareMoney(payable(a.price), payable(b.price)) || Date.parse(a.chargedAt) - Date.parse(b.chargedAt)

/** What became of one of several plans. */
export interface NamedOutcome {
  readonly id: string
  readonly outcome: QuoteOutcome
}

/** Puts outcomes in order as `compareQuotes` does. Never throws. */
export const compareOutcomes = (outcomes: readonly NamedOutcome[]): QuoteComparison => {
  const refused = outcomes.flatMap(({ id, outcome }) =>
    outcome.kind === 'refused' ? [{ id, refusal: outcome }] : [],
  )
  const quotes = outcomes.flatMap(({ id, outcome }) =>
    outcome.kind === 'quoted' ? [{ id, quote: outcome }] : [],
  )
  const currencies = [...new Set(quotes.map((one) => one.quote.currency))]
  const sorted = currencies.flatMap((currency) => {
    const [cheapest, ...others] = quotes
      .filter((one) => one.quote.currency === currency)
      .sort((a, b) => inOrder(a.quote, b.quote))
    if (cheapest === undefined) return []
    return [
      { ...cheapest, dearerBy: undefined },
      ...others.map((one) => ({ ...one, dearerBy: dearerBy(cheapest.quote, one.quote) })),
    ]
  })
  return { quotes: sorted, refused }
}

/**
 * Quotes of several connectors for the same wish, cheapest first, each with how much dearer it is and why. Amounts with
 * tax are compared where they are known. Currencies are never converted. Never throws.
 */
export const compareQuotes = (
  plans: readonly { readonly id: string; readonly plan: ChargePlan }[],
): QuoteComparison => compareOutcomes(plans.map(({ id, plan }) => ({ id, outcome: quote(plan) })))
