import { currencyDigits, type PublishedAmount } from '@interwatt/pricing'
import { decimal, divide, roundHalfUp, toText } from '@interwatt/protocol'

/** An amount as drivers' apps get it: exact decimal text. */
export interface MoneyText {
  readonly amount: string
  readonly currency: string
}

/** An amount with at least the digits of its currency, as published; more only where it was published with more. */
export const moneyTextOf = (amount: number | string, currency: string): MoneyText => {
  const exact = decimal(amount)
  const digits = Math.max(currencyDigits(currency), exact.scale)
  return { amount: toText(roundHalfUp(exact, digits)), currency }
}

/** What is to be paid: with taxes where they are known; undefined where neither side is. */
export const payableOf = ({ after_taxes, before_taxes }: PublishedAmount): number | undefined =>
  after_taxes ?? before_taxes

const RATE_DIGITS = 4

/** A price per unit, to a hundredth of the smallest unit of the currency. */
export const rateTextOf = (amount: number, quantity: number, currency: string): MoneyText | null => {
  if (!(quantity > 0)) return null
  const digits = Math.max(RATE_DIGITS, currencyDigits(currency))
  return { amount: toText(divide(decimal(amount), decimal(quantity), digits)), currency }
}

/** An amount as people read it in a language. */
export const printedMoney = ({ amount, currency }: MoneyText, language: string): string => {
  const digits = amount.split('.')[1]?.length ?? 0
  // NOTE: a text is formatted exactly; a number would be rounded to the nearest double.
  const exact = amount as `${number}`
  try {
    return new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(exact)
  } catch {
    return `${amount} ${currency}`
  }
}
