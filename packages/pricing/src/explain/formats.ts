import type { ocpi230 } from '@interwatt/protocol'
import { numberOf } from '../exact/money.js'
import { currencyDigits } from '../tariff/currency.js'
import { WEEKDAYS } from '../tariff/restriction.js'
import { zoneClock } from '../zone/zone-clock.js'
import type { Condition } from './condition.js'
import type { Language } from './language.js'
import { VOCABULARY } from './vocabulary.js'
import type { Between, Words } from './words.js'

/** Values as a language writes them. */
export interface Formats {
  readonly words: Words
  /** An amount of so many units of 10^-`digits`. */
  money(units: bigint, digits: number): string
  /** A price or limit as documents state it, with all its decimals. */
  price(value: number): string
  /** Kilowatt-hours; less than one as watt-hours where `small` asks for it. */
  energy(kwh: number, small?: 'small'): string
  /** Hours, minutes and seconds; those that are 0 are left out. */
  duration(seconds: number): string
  number(value: number, unit: string): string
  percent(rate: number): string
  list(texts: readonly string[]): string
  /** One of these. */
  alternatives(texts: readonly string[]): string
  /** A time of day `HH:MM`; 00:00 is the end of a day. */
  time(text: string): string
  /** The same, with 00:00 as the beginning of a day. */
  startTime(text: string): string
  date(text: string): string
  /** A moment in the time zone, or in UTC where there is none. */
  instant(epochMs: number): string
  /** The name of a weekday; the text itself where it is none. */
  dayName(day: string): string
  condition(condition: Condition): string
}

/** More decimals than any price has. */
const MAX_DECIMALS = 12

const currencyFormat = (locale: string, currency: string, least: number, most: number) => {
  const digits = { minimumFractionDigits: least, maximumFractionDigits: Math.max(least, most) }
  try {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits })
    return (value: number): string => format.format(value)
  } catch {
    // A currency code that is none (TAR-086) is shown as it is.
    const format = new Intl.NumberFormat(locale, digits)
    return (value: number): string => `${format.format(value)} ${currency}`
  }
}

const between = <Value>(
  words: Between,
  bounds: { readonly from?: Value; readonly to?: Value },
  text: (value: Value) => string,
): string => {
  const { from, to } = bounds
  if (from !== undefined) return to === undefined ? words.from(text(from)) : words.both(text(from), text(to))
  return to === undefined ? '' : words.to(text(to))
}

const durationText = (seconds: number, number: (value: number) => string, { units }: Words): string => {
  const whole = Math.round(Math.abs(seconds))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  const parts = [
    ...(hours === 0 ? [] : [`${number(hours)} ${units.hour}`]),
    ...(minutes === 0 ? [] : [`${minutes} ${units.minute}`]),
    ...(rest === 0 ? [] : [`${rest} ${units.second}`]),
  ]
  const text = parts.length === 0 ? `0 ${units.minute}` : parts.join(' ')
  return seconds < 0 && whole > 0 ? `-${text}` : text
}

const dayNames = (locale: string): readonly string[] => {
  const format = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  // 1970-01-05 was a Monday.
  return WEEKDAYS.map((_, index) => format.format(Date.UTC(1970, 0, 5 + index)))
}

/** Consecutive weekdays as ranges, in the order of the week. */
const dayTexts = (
  days: readonly ocpi230.DayOfWeek[],
  names: readonly string[],
  words: Words,
  lists: Intl.ListFormat,
): readonly string[] => {
  const places = WEEKDAYS.flatMap((day, index) => (days.includes(day) ? [index] : []))
  const runs: number[][] = []
  for (const place of places) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1) === place - 1) run.push(place)
    else runs.push([place])
  }
  const name = (place: number | undefined): string => names[place ?? 0] ?? ''
  const ranges = runs.flatMap((run) =>
    run.length > 2 ? [words.dayRange(name(run[0]), name(run.at(-1)))] : [],
  )
  const single = runs.flatMap((run) => (run.length > 2 ? [] : run.map((place) => words.day(name(place)))))
  return [...ranges, ...(single.length === 0 ? [] : [words.conditions.weekday(lists.format(single))])]
}

const dateFormats = (locale: string, timeZone: string | undefined) => {
  const zone = timeZone === undefined ? undefined : zoneClock(timeZone)?.timeZone
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: zone ?? 'UTC',
  })
  return {
    date: (text: string): string => {
      const at = Date.parse(`${text}T00:00:00Z`)
      return Number.isNaN(at) ? text : day.format(at)
    },
    instant: (at: number): string => `${moment.format(at)}${zone === undefined ? ' UTC' : ''}`,
  }
}

type NumberFormats = Pick<Formats, 'money' | 'price' | 'energy' | 'duration' | 'number' | 'percent'>

const numberFormats = (words: Words, currency: string): NumberFormats => {
  const { locale } = words
  const decimals = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 5 })
  const number = (value: number): string => decimals.format(value)
  const moneyFormats = new Map<number, (value: number) => string>()
  return {
    money(units, digits) {
      const format = moneyFormats.get(digits) ?? currencyFormat(locale, currency, digits, digits)
      moneyFormats.set(digits, format)
      return format(numberOf(units, digits))
    },
    price: currencyFormat(locale, currency, currencyDigits(currency), MAX_DECIMALS),
    energy: (kwh, small) =>
      small === 'small' && kwh < 1 ? `${number(kwh * 1000)} Wh` : `${number(kwh)} kWh`,
    duration: (seconds) => durationText(seconds, number, words),
    number: (value, unit) => `${number(value)} ${unit}`,
    percent: (rate) => percents.format(rate / 100),
  }
}

type LocalFormats = Omit<Formats, keyof NumberFormats | 'words' | 'condition'>

const localFormats = (words: Words, timeZone: string | undefined): LocalFormats & DayTexts => {
  const { locale, units } = words
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  const choices = new Intl.ListFormat(locale, { type: 'disjunction' })
  const names = dayNames(locale)
  const startTime = (text: string): string => units.clock(text.slice(0, 2), text.slice(3, 5))
  return {
    ...dateFormats(locale, timeZone),
    list: (texts) => lists.format(texts),
    alternatives: (texts) => choices.format(texts),
    startTime,
    time: (text) => startTime(text === '00:00' ? '24:00' : text),
    dayName: (day) => names[WEEKDAYS.map(String).indexOf(day)] ?? day,
    days: (days) => lists.format(dayTexts(days, names, words, lists)),
  }
}

/** Weekdays with their prepositions. */
interface DayTexts {
  days(days: readonly ocpi230.DayOfWeek[]): string
}

const conditionFormat =
  ({ conditions }: Words, formats: NumberFormats & LocalFormats & DayTexts) =>
  (one: Condition): string => {
    switch (one.kind) {
      case 'weekday':
        return formats.days(one.days)
      case 'time':
        return between(conditions.time, one, formats.time)
      case 'date':
        return between(conditions.date, one, formats.date)
      case 'energy':
        return between(conditions.energy, one, (kwh) => formats.energy(kwh))
      case 'duration':
        return between(conditions.duration, one, formats.duration)
      case 'power':
        return between(conditions.power, one, (kw) => formats.number(kw, 'kW'))
      case 'current':
        return between(conditions.current, one, (amperes) => formats.number(amperes, 'A'))
    }
  }

const createFormats = (language: Language, currency: string, timeZone: string | undefined): Formats => {
  const words = VOCABULARY[language]
  const formats = { ...numberFormats(words, currency), ...localFormats(words, timeZone) }
  return { words, ...formats, condition: conditionFormat(words, formats) }
}

const known = new Map<string, Formats>()

/** Values as the language writes them, in a currency and for moments in a time zone; shared and made once. */
export const formatsFor = (language: Language, currency: string, timeZone?: string): Formats => {
  const key = JSON.stringify([language, currency, timeZone])
  const found = known.get(key)
  if (found !== undefined) return found
  const formats = createFormats(language, currency, timeZone)
  if (known.size < 200) known.set(key, formats)
  return formats
}
