import { zoneClock } from '@interwatt/pricing'
import { countryAlpha3, countryTimeZone } from '@interwatt/protocol'
import type { DriverLanguage } from '@interwatt/store'
import { type MoneyText, printedMoney } from '../money.js'
import { receiptWords } from './words/receipt-words.js'

/** Values as a receipt in a language writes them, in a time zone. */
export interface ReceiptFormats {
  readonly timeZone: string
  money(amount: MoneyText): string
  /** Exact kilowatt-hours, to a watt-hour. */
  energy(kwh: string): string
  duration(seconds: number): string
  date(iso: string): string
  time(iso: string): string
  instant(iso: string): string
  /** A month as `2026-03`. */
  month(month: string): string
  percent(rate: number): string
}

const SECONDS_PER_MINUTE = 60

/** A time zone by its name; undefined for what is none. */
export const knownZone = (name: unknown): string | undefined =>
  typeof name === 'string' ? zoneClock(name)?.timeZone : undefined

/** The time zone of a country by its alpha-2 code; UTC where it has several. */
export const zoneOfCountry = (alpha2: string): string =>
  countryTimeZone({ country: countryAlpha3(alpha2) ?? '' }) ?? 'UTC'

/** Formats of a language in a time zone. */
export const receiptFormats = (language: DriverLanguage, timeZone: string): ReceiptFormats => {
  const { locale, hours, minutes } = receiptWords[language]
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
  const formatted = (style: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...style })
    return (iso: string): string => (Number.isNaN(Date.parse(iso)) ? iso : format.format(Date.parse(iso)))
  }
  const months = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' })
  return {
    timeZone,
    money: (amount) => printedMoney(amount, locale),
    // NOTE: a text is formatted exactly; a number would be rounded to the nearest double.
    energy: (kwh) => `${numbers.format(kwh as `${number}`)} kWh`,
    duration(seconds) {
      const whole = Math.round(seconds / SECONDS_PER_MINUTE)
      const [h, m] = [Math.floor(whole / 60), whole % 60]
      return [...(h === 0 ? [] : [`${h} ${hours}`]), ...(m === 0 && h > 0 ? [] : [`${m} ${minutes}`])].join(
        ' ',
      )
    },
    date: formatted({ dateStyle: 'long' }),
    time: formatted({ timeStyle: 'short' }),
    instant: formatted({ dateStyle: 'medium', timeStyle: 'short' }),
    month: (month) => months.format(Date.parse(`${month}-01T00:00:00Z`)),
    percent: (rate) => percents.format(rate / 100),
  }
}
