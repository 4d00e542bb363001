import { compare, decimal, isJsonObject, negate, subtract } from '@interwatt/protocol'
import type { Document, DriverLanguage } from '@interwatt/store'
import { moneyOf } from '../charges/exact-price.js'
import type { MoneyText } from '../money.js'
import type { ReceiptFormats } from './formats.js'
import { receiptWords } from './words/receipt-words.js'

/** What was charged, to be compared with what was shown before. */
export interface Charged {
  readonly total: MoneyText
  readonly energyKwh: string | null
  readonly durationS: number | null
}

/** How a receipt compares with the price the driver was shown. */
export interface QuoteComparisonView {
  readonly shown: MoneyText
  readonly shown_at: string
  readonly matches: boolean
  /** Charged less shown; null in another currency. */
  readonly difference: MoneyText | null
  readonly text: string
  readonly because: readonly string[]
}

/** Meters and plans differ by less than this without anybody noticing. */
const LITTLE_KWH = '0.05'
const LITTLE_MINUTES = 2

const isMoney = (value: unknown): value is MoneyText =>
  isJsonObject(value) && typeof value.amount === 'string' && typeof value.currency === 'string'

const isFar = (a: string, b: string): boolean => {
  const difference = subtract(decimal(a), decimal(b))
  const distance = difference.coefficient < 0n ? negate(difference) : difference
  return compare(distance, decimal(LITTLE_KWH)) > 0
}

const reasonsOf = (
  { energyKwh, durationS }: Charged,
  quote: Document,
  { language, formats }: { readonly language: DriverLanguage; readonly formats: ReceiptFormats },
): readonly string[] => {
  const words = receiptWords[language].quote
  const { energy_kwh: plannedKwh, minutes } = quote
  const reasons: string[] = []
  if (energyKwh !== null && typeof plannedKwh === 'string' && isFar(energyKwh, plannedKwh))
    reasons.push(words.energy(formats.energy(energyKwh), formats.energy(plannedKwh)))
  if (
    durationS !== null &&
    typeof minutes === 'number' &&
    Math.abs(durationS / 60 - minutes) > LITTLE_MINUTES
  )
    reasons.push(words.minutes(formats.duration(durationS), formats.duration(minutes * 60)))
  return reasons.length === 0 ? [words.otherPrice] : reasons
}

/** Compares what was charged with the price that was shown before; null where none was. */
export const compareWithQuote = (
  charged: Charged,
  quote: Document | null,
  showing: { readonly language: DriverLanguage; readonly formats: ReceiptFormats },
): QuoteComparisonView | null => {
  if (quote === null || !isMoney(quote.total) || typeof quote.shown_at !== 'string') return null
  const { total: shown, shown_at } = quote
  const words = receiptWords[showing.language].quote
  const at = showing.formats.time(shown_at)
  const stated = { shown: { amount: shown.amount, currency: shown.currency }, shown_at }
  if (shown.currency !== charged.total.currency)
    return { ...stated, matches: false, difference: null, text: words.otherCurrency(at), because: [] }
  const more = subtract(decimal(charged.total.amount), decimal(shown.amount))
  const difference = moneyOf(more, shown.currency)
  if (more.coefficient === 0n)
    return { ...stated, matches: true, difference, text: words.same(at), because: [] }
  const isLess = more.coefficient < 0n
  const by = showing.formats.money(moneyOf(isLess ? negate(more) : more, shown.currency))
  return {
    ...stated,
    ...{ matches: false, difference },
    text: isLess ? words.less(by, at) : words.more(by, at),
    because: reasonsOf(charged, quote, showing),
  }
}
