import { docsAt, listAt, textAt } from '../../api/fields.js'
import type { Doc } from '../../api/reading.js'

const UNITS: Readonly<Record<string, string>> = {
  ENERGY: 'per kWh',
  TIME: 'per hour of charging',
  PARKING_TIME: 'per hour of parking',
  FLAT: 'per session',
}

const componentWords = (component: Doc, currency: string): string => {
  const unit = UNITS[textAt(component, 'type')] ?? textAt(component, 'type')
  const vat = textAt(component, 'vat')
  return `${textAt(component, 'price')} ${currency} ${unit}${vat === '' ? '' : ` (${vat} % VAT)`}`
}

const LIMITS: readonly (readonly [field: string, words: (value: string) => string])[] = [
  ['start_time', (value) => `from ${value}`],
  ['end_time', (value) => `until ${value}`],
  ['start_date', (value) => `from ${value}`],
  ['end_date', (value) => `before ${value}`],
  ['min_kwh', (value) => `from ${value} kWh`],
  ['max_kwh', (value) => `up to ${value} kWh`],
  ['min_power', (value) => `from ${value} kW`],
  ['max_power', (value) => `below ${value} kW`],
  ['min_current', (value) => `from ${value} A`],
  ['max_current', (value) => `below ${value} A`],
  ['min_duration', (value) => `from minute ${Math.round(Number(value) / 60)}`],
  ['max_duration', (value) => `until minute ${Math.round(Number(value) / 60)}`],
  [
    'reservation',
    (value) => (value === 'RESERVATION' ? 'for a reservation' : 'for a reservation that expired'),
  ],
]

/** When an element of a tariff applies, in words; empty when always. */
const limitWords = (element: Doc): string => {
  const limits = LIMITS.flatMap(([field, words]) => {
    const value = textAt(element, 'restrictions', field)
    return value === '' ? [] : [words(value)]
  })
  const days = listAt(element, 'restrictions', 'day_of_week').map((day) =>
    String(day).slice(0, 3).toLowerCase(),
  )
  return [...limits, ...(days.length > 0 ? [`on ${days.join(', ')}`] : [])].join(', ')
}

/** The prices of a tariff, one line for each element, as the tariff states them. What a session costs is another question. */
export const priceLines = (tariff: Doc): readonly { readonly prices: string; readonly when: string }[] =>
  docsAt(tariff, 'elements').map((element) => ({
    prices: docsAt(element, 'price_components')
      .map((component) => componentWords(component, textAt(tariff, 'currency')))
      .join(' + '),
    when: limitWords(element),
  }))
