import { add, type Decimal, decimal, isJsonObject, roundHalfUp, toText } from '@interwatt/protocol'
import { type MoneyText, moneyTextOf } from '../money.js'

/** An exact amount as text. */
export const moneyOf = (amount: Decimal, currency: string): MoneyText => moneyTextOf(toText(amount), currency)

/** A tax of a price. */
export interface Tax {
  readonly name: string
  /** In percent; null where it is not stated. */
  readonly percentage: number | null
  readonly amount: Decimal
}

/** A price of an OCPI document, exactly. */
export interface ExactPrice {
  readonly beforeTaxes: Decimal
  readonly taxes: readonly Tax[]
  /** With all taxes that are stated. */
  readonly total: Decimal
}

const numberIn = (value: unknown): Decimal | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? decimal(value) : undefined

const taxOf = (value: unknown): readonly Tax[] => {
  if (!isJsonObject(value)) return []
  const amount = numberIn(value.amount)
  if (amount === undefined) return []
  const percentage = typeof value.percentage === 'number' ? value.percentage : null
  return [{ name: typeof value.name === 'string' ? value.name : '', percentage, amount }]
}

/** The price a document states in its 2.3.0 form; undefined where there is none. */
export const priceIn = (value: unknown): ExactPrice | undefined => {
  if (!isJsonObject(value)) return undefined
  const beforeTaxes = numberIn(value.before_taxes)
  if (beforeTaxes === undefined) return undefined
  const taxes = Array.isArray(value.taxes) ? value.taxes.flatMap(taxOf) : []
  return { beforeTaxes, taxes, total: taxes.reduce((sum, { amount }) => add(sum, amount), beforeTaxes) }
}

/** Kilowatt-hours as exact text; null where the document has none. */
export const kwhText = (value: unknown): string | null => {
  const kwh = numberIn(value)
  return kwh === undefined ? null : toText(kwh)
}

/** Whole watt-hours of kilowatt-hours; null where there are none. */
export const whOf = (value: unknown): number | null => {
  const kwh = numberIn(value)
  if (kwh === undefined) return null
  return Number(roundHalfUp({ coefficient: kwh.coefficient * 1000n, scale: kwh.scale }, 0).coefficient)
}
