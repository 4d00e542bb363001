import { zoneClock } from '@interwatt/pricing'
import { add, type Decimal, decimal, parseDateTime, subtract, toText } from '@interwatt/protocol'
import type { StoredObject } from '@interwatt/store'
import { type ExactPrice, moneyOf, priceIn } from '../charges/exact-price.js'
import { isCredit } from '../charges/gather.js'
import type { MoneyText } from '../money.js'

/** A tax of a sum. */
export interface SummedTax {
  readonly name: string
  readonly percentage: number | null
  readonly amount: MoneyText
}

/** The sum of receipts in one currency, less what was credited. */
export interface CurrencyTotal {
  readonly currency: string
  readonly total: MoneyText
  readonly before_taxes: MoneyText
  readonly taxes: readonly SummedTax[]
}

/** What a month comes to. */
export interface MonthTotals {
  /** `2026-03`, by the end of the CDRs in the time zone. */
  readonly month: string
  /** Receipts, credits not counted. */
  readonly charges: number
  /** Exact text; without what was credited. */
  readonly energy_kwh: string
  readonly totals: readonly CurrencyTotal[]
}

/** A CDR as it counts in a sum: a credit takes away what its CDR states, however it writes it. */
export interface CountedCdr {
  readonly cdr: StoredObject
  readonly month: string
  readonly isCredit: boolean
  readonly price: ExactPrice
  readonly energyKwh: Decimal
  readonly currency: string
}

const NOTHING: ExactPrice = { beforeTaxes: decimal(0), taxes: [], total: decimal(0) }

const signed = (amount: Decimal, isCredited: boolean): Decimal =>
  isCredited && amount.coefficient > 0n ? subtract(decimal(0), amount) : amount

const signedPrice = (price: ExactPrice, isCredited: boolean): ExactPrice => ({
  beforeTaxes: signed(price.beforeTaxes, isCredited),
  taxes: price.taxes.map((tax) => ({ ...tax, amount: signed(tax.amount, isCredited) })),
  total: signed(price.total, isCredited),
})

/** The month of an ISO time in a time zone; undefined for what is no time. */
export const monthIn = (time: unknown, timeZone: string): string | undefined => {
  const at = typeof time === 'string' ? parseDateTime(time)?.epochMs : undefined
  if (at === undefined) return undefined
  const offset = zoneClock(timeZone)?.offsetMsAt(at) ?? 0
  return new Date(at + offset).toISOString().slice(0, 7)
}

/** A CDR as it counts in the month it ended in; nothing when it tells no end. */
export const countedCdr = (cdr: StoredObject, timeZone: string): readonly CountedCdr[] => {
  const { document } = cdr
  const month = monthIn(document.end_date_time, timeZone)
  if (month === undefined) return []
  const credited = isCredit(cdr)
  const kwh = typeof document.total_energy === 'number' ? decimal(document.total_energy) : decimal(0)
  return [
    {
      ...{ cdr, month, isCredit: credited, currency: String(document.currency) },
      price: signedPrice(priceIn(document.total_cost) ?? NOTHING, credited),
      energyKwh: signed(kwh, credited),
    },
  ]
}

const sum = (amounts: readonly Decimal[]): Decimal => amounts.reduce(add, decimal(0))

const taxesOf = (prices: readonly ExactPrice[], currency: string): readonly SummedTax[] => {
  const byRate = new Map<
    string,
    { readonly name: string; readonly percentage: number | null; amount: Decimal }
  >()
  for (const { name, percentage, amount } of prices.flatMap(({ taxes }) => taxes)) {
    const rate = `${name} ${percentage ?? ''}`
    const known = byRate.get(rate)
    if (known === undefined) byRate.set(rate, { name, percentage, amount })
    else known.amount = add(known.amount, amount)
  }
  return [...byRate.values()].map(({ amount, ...tax }) => ({ ...tax, amount: moneyOf(amount, currency) }))
}

const currencyTotal = (currency: string, prices: readonly ExactPrice[]): CurrencyTotal => ({
  currency,
  total: moneyOf(sum(prices.map(({ total }) => total)), currency),
  before_taxes: moneyOf(sum(prices.map(({ beforeTaxes }) => beforeTaxes)), currency),
  taxes: taxesOf(prices, currency),
})

/** What the CDRs of a month come to, per currency. */
export const totalsOfMonth = (month: string, cdrs: readonly CountedCdr[]): MonthTotals => {
  const currencies = [...new Set(cdrs.map(({ currency }) => currency))].toSorted()
  return {
    month,
    charges: cdrs.filter((one) => !one.isCredit).length - cdrs.filter((one) => one.isCredit).length,
    energy_kwh: toText(sum(cdrs.map(({ energyKwh }) => energyKwh))),
    totals: currencies.map((currency) =>
      currencyTotal(
        currency,
        cdrs.filter((one) => one.currency === currency).map(({ price }) => price),
      ),
    ),
  }
}

/** All months with CDRs, the newest first. */
export const monthsOf = (cdrs: readonly CountedCdr[]): readonly MonthTotals[] => {
  const byMonth = new Map<string, CountedCdr[]>()
  for (const cdr of cdrs) byMonth.set(cdr.month, [...(byMonth.get(cdr.month) ?? []), cdr])
  return [...byMonth.entries()]
    .toSorted(([a], [b]) => b.localeCompare(a))
    .map(([month, all]) => totalsOfMonth(month, all))
}
