import { decimal, toNumber } from '@interwatt/protocol'
import type { Dimension } from '../tariff/compile-tariffs.js'
import type { Formats } from './formats.js'

const MINUTES_PER_HOUR = 60n

/** Decimals that a price for a minute may have to be worth saying. */
const MINUTE_DIGITS = 4

/** The price of a minute where that is a short decimal; undefined where an hour has to be spoken of. */
export const perMinute = (perHour: number): number | undefined => {
  const { coefficient, scale } = decimal(perHour)
  if (scale > MINUTE_DIGITS) return undefined
  const units = coefficient * 10n ** BigInt(MINUTE_DIGITS - scale)
  return units % MINUTES_PER_HOUR === 0n
    ? toNumber({ coefficient: units / MINUTES_PER_HOUR, scale: MINUTE_DIGITS })
    : undefined
}

/** A price with what it is for; `rate` is the tax that comes on top. */
export const priceText = (
  dimension: Dimension,
  price: number,
  formats: Formats,
  rate: number | undefined,
): string => {
  const { price: words } = formats.words
  const amount = formats.price(price)
  const taxed = (text: string): string =>
    rate === undefined || rate === 0 ? text : words.plusTax(text, formats.percent(rate))
  if (dimension === 'FLAT') return taxed(words.once(amount))
  if (dimension === 'ENERGY') return taxed(words.perKwh(amount))
  const minute = perMinute(price)
  return taxed(minute === undefined ? words.perHour(amount) : words.perMinute(formats.price(minute), amount))
}
