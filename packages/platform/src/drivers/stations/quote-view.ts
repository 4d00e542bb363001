import {
  type ComparedQuote,
  compareOutcomes,
  describeTariff,
  type Language,
  type Quote,
  sentences,
  sentencesText,
} from '@interwatt/pricing'
import { decimal, toText } from '@interwatt/protocol'
import { type MoneyText, moneyTextOf, payableOf, printedMoney, rateTextOf } from '../money.js'
import type { Priced } from './offer-book.js'
import { type NoPrice, stationWords } from './words.js'

/** What a wish costs somewhere, in the words of a language. */
export interface QuoteView {
  /** With taxes where they are known; null where there is no price. */
  readonly total: MoneyText | null
  readonly taxes_included: boolean
  /** Between which prices it may end; null where that was not asked for. */
  readonly range: {
    readonly low: MoneyText
    readonly high: MoneyText
    readonly depends_on: readonly string[]
  } | null
  readonly per_kwh: MoneyText | null
  readonly energy_kwh: string | null
  readonly minutes: number | null
  readonly lines: readonly {
    readonly text: string
    readonly amount: string | null
    readonly because: readonly string[]
  }[]
  readonly explanation: string | null
  readonly why_none: { readonly code: NoPrice; readonly text: string } | null
  readonly tariff_id: string | null
  readonly tariff_text: string | null
}

/** How a quote is shown. */
export interface QuoteWords {
  readonly language: Language
  /** Leaves out lines and texts, for lists. */
  readonly isShort?: boolean
}

const rangeOf = ({ range, currency }: Quote): QuoteView['range'] => {
  const [low, high] = [payableOf(range.low), payableOf(range.high)]
  if (low === undefined || high === undefined) return null
  return {
    low: moneyTextOf(low, currency),
    high: moneyTextOf(high, currency),
    depends_on: range.dependsOn.map(({ unknown }) => unknown),
  }
}

const NOTHING = {
  total: null,
  taxes_included: false,
  range: null,
  per_kwh: null,
  energy_kwh: null,
  minutes: null,
  lines: [],
  explanation: null,
} as const

const tariffText = (
  tariff: Quote['tariff'] | undefined,
  timeZone: string | undefined,
  { language, isShort }: QuoteWords,
): string | null =>
  tariff === undefined || isShort === true
    ? null
    : describeTariff(tariff, language, timeZone === undefined ? {} : { timeZone }).text

const linesOf = (quote: Quote, { language, isShort }: QuoteWords) => {
  if (isShort === true) return { lines: [], explanation: null }
  const words = sentences(quote.explanation, language)
  return {
    lines: words.lines.map(({ text, amount = null, because }) => ({ text, amount, because })),
    explanation: sentencesText(words),
  }
}

/** A price as drivers' apps get it; `withRange` where what nobody knows beforehand was tried. */
export const viewPriced = (
  priced: Priced,
  words: QuoteWords & { readonly withRange?: boolean },
): QuoteView => {
  if (priced.kind === 'none') {
    const { why, tariff } = priced
    return {
      ...NOTHING,
      why_none: { code: why, text: stationWords(words.language).noPrice[why] },
      tariff_id: tariff?.id ?? null,
      tariff_text: tariffText(tariff, undefined, words),
    }
  }
  const { quote, timeZone } = priced
  const { currency, total, energyKwh, chargingSeconds, tariff } = quote
  const payable = payableOf(total)
  return {
    total: payable === undefined ? null : moneyTextOf(payable, currency),
    taxes_included: total.after_taxes !== undefined,
    range: words.withRange === true ? rangeOf(quote) : null,
    per_kwh: payable === undefined ? null : rateTextOf(payable, energyKwh, currency),
    energy_kwh: toText(decimal(energyKwh)),
    minutes: Math.ceil(chargingSeconds / 60),
    ...linesOf(quote, words),
    why_none:
      payable === undefined
        ? { code: 'not-priceable', text: stationWords(words.language).noPrice['not-priceable'] }
        : null,
    tariff_id: tariff.id,
    tariff_text: tariffText(tariff, timeZone, words),
  }
}

/** How much dearer than the cheapest in the same currency, and mostly why. */
export interface DearerView {
  readonly amount: MoneyText
  readonly text: string
}

const viewDearer = ({ quote, dearerBy }: ComparedQuote, language: Language): DearerView | null => {
  if (dearerBy === undefined) return null
  const amount = moneyTextOf(dearerBy.amount, quote.currency)
  const because = dearerBy.because.find((one) => one.amount > 0)?.reason
  return { amount, text: stationWords(language).dearer(printedMoney(amount, language), because) }
}

/** Prices in order: cheapest first, currencies apart from each other, those without a price last as they were given. */
export const inOrderOfPrice = <T extends { readonly priced: Priced }>(
  all: readonly T[],
  language: Language,
): readonly (T & { readonly dearer: DearerView | null })[] => {
  const outcomes = all.flatMap(({ priced }, index) =>
    priced.kind === 'quoted' ? [{ id: String(index), outcome: priced.quote }] : [],
  )
  const compared = compareOutcomes(outcomes).quotes.flatMap((one) => {
    const item = all[Number(one.id)]
    return item === undefined ? [] : [{ ...item, dearer: viewDearer(one, language) }]
  })
  const without = all.filter(({ priced }) => priced.kind === 'none')
  return [...compared, ...without.map((item) => ({ ...item, dearer: null }))]
}
