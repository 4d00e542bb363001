import { isJsonObject, type JsonObject, ocpi230 } from '@interwatt/protocol'
import type { Found, LintRule } from '../finding.js'

const folded = (name: string): string => name.replace(/[_-]/g, '').toLowerCase().replace(/s$/, '')

/** Whether two names differ by one letter: one more, one less, or another one. */
const oneLetterApart = (a: string, b: string): boolean => {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  return Math.max(a.length, b.length) - start - end <= 1
}

/** Shorter names differ by one letter from too much. */
const LEAST_LENGTH = 5
const MAX_LENGTH = 40

const meantBy = (name: string, known: readonly string[]): string | undefined => {
  if (known.includes(name) || name.length > MAX_LENGTH) return undefined
  const fold = folded(name)
  return known.find(
    (candidate) =>
      folded(candidate) === fold || (fold.length >= LEAST_LENGTH && oneLetterApart(folded(candidate), fold)),
  )
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

const inObject = (value: unknown, fields: object, pointer: string): readonly Found[] => {
  if (!isJsonObject(value)) return []
  const known = Object.keys(fields)
  return Object.keys(value).flatMap((name) => {
    const meant = meantBy(name, known)
    return meant === undefined
      ? []
      : [
          {
            pointer: `${pointer}/${escaped(name)}`,
            message: `Nobody reads a field of this name; ${meant} was probably meant, and is missing now. Rename it.`,
          },
        ]
  })
}

const listOf = (value: JsonObject, name: string): readonly unknown[] => {
  const list = value[name]
  return Array.isArray(list) ? list : []
}

const inElement = (element: unknown, pointer: string): readonly Found[] => {
  if (!isJsonObject(element)) return []
  return [
    ...inObject(element, ocpi230.TariffElement.fields, pointer),
    ...listOf(element, 'price_components').flatMap((component, index) =>
      inObject(component, ocpi230.PriceComponent.fields, `${pointer}/price_components/${index}`),
    ),
    ...inObject(element.restrictions, ocpi230.TariffRestrictions.fields, `${pointer}/restrictions`),
  ]
}

/** Fields that only resemble those of a tariff are ignored, which changes the price silently (T-29). */
const nearMiss: LintRule = {
  code: 'near-miss-field',
  severity: 'warning',
  rules: ['T-29', 'T-21', 'TAR-019'],
  find({ tariff }) {
    const given: JsonObject = { ...tariff }
    return [
      ...inObject(given, ocpi230.Tariff.fields, ''),
      ...listOf(given, 'elements').flatMap((element, index) => inElement(element, `/elements/${index}`)),
      ...inObject(given.min_price, ocpi230.PriceLimit.fields, '/min_price'),
      ...inObject(given.max_price, ocpi230.PriceLimit.fields, '/max_price'),
    ]
  },
}

/** Rules about names of fields. */
export const nameRules: readonly LintRule[] = [nearMiss]
