import type { ocpi230 } from '@interwatt/protocol'
import { countOf } from '../exact/grid.js'
import type { PublishedAmount } from '../publish/publish.js'

/** Amounts are compared as whole millionths of the currency. */
const DIGITS = 6
const PER_UNIT = 1e6
/** No session costs more; what a document states beyond is compared as this. */
const LARGEST = 1e9

/** An amount of a document as whole millionths of the currency; what no session costs counts as a billion. */
export const microsOf = (amount: number): number =>
  Number.isNaN(amount) ? 0 : countOf(Math.max(-LARGEST, Math.min(LARGEST, amount)), PER_UNIT, DIGITS)

/** The JSON number of whole millionths. */
export const amountOf = (micros: number): number => micros / PER_UNIT

/** Both sides of an amount in millionths; a side that is not told or not known is undefined. */
export interface Micros {
  readonly net: number | undefined
  readonly gross: number | undefined
}

/** What a Price of a document states; a Price that names no taxes says nothing of the amount after taxes. */
export const statedMicros = ({ before_taxes, taxes }: ocpi230.Price): Micros => {
  const net = microsOf(before_taxes)
  if (taxes === undefined || taxes.length === 0) return { net, gross: undefined }
  return { net, gross: taxes.reduce((sum, { amount }) => sum + microsOf(amount), net) }
}

/** A published amount in millionths. */
export const publishedMicros = ({ before_taxes, after_taxes }: PublishedAmount): Micros => ({
  net: before_taxes === undefined ? undefined : microsOf(before_taxes),
  gross: after_taxes === undefined ? undefined : microsOf(after_taxes),
})

/** Millionths as the amount of a result; sides that are undefined are left out. */
export const amountOfMicros = ({ net, gross }: Micros): PublishedAmount => ({
  ...(net === undefined ? {} : { before_taxes: amountOf(net) }),
  ...(gross === undefined ? {} : { after_taxes: amountOf(gross) }),
})

/** An amount for people: the decimals of the currency, more only where there is more to say. */
export const amountText = (micros: number, digits: number): string => {
  const text = amountOf(micros).toFixed(DIGITS)
  const least = text.length - DIGITS + digits
  const trimmed = text.replace(/0+$/, '')
  const shown = trimmed.length > least ? trimmed : text.slice(0, least)
  return shown.endsWith('.') ? shown.slice(0, -1) : shown
}
