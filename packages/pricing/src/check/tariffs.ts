import { contentEquals, isJsonObject, type ocpi230 } from '@interwatt/protocol'
import { type CheckFinding, finding } from './finding.js'

const sameId = (a: string, b: string): boolean => a === b || a.toUpperCase() === b.toUpperCase()

/** Fields of a tariff that a price depends on. */
const PRICED_FIELDS = ['currency', 'tax_included', 'elements', 'min_price', 'max_price'] as const

/** More places of one tariff do not say more. */
const MOST_PLACES = 3

/** Where two values differ, as JSON Pointers below `at`. */
const differencesAt = (a: unknown, b: unknown, at: string): readonly string[] => {
  if (contentEquals(a, b)) return []
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length)
    return a.flatMap((item: unknown, index) => differencesAt(item, b[index], `${at}/${index}`))
  if (isJsonObject(a) && isJsonObject(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) =>
      differencesAt(a[name], b[name], `${at}/${name}`),
    )
  return [at]
}

const differencesOf = (tariff: ocpi230.Tariff, known: ocpi230.Tariff): readonly string[] =>
  PRICED_FIELDS.flatMap((field) => differencesAt(tariff[field], known[field], `/${field}`))

/** Whether two tariffs give the same price for everything, whatever else they say. */
export const pricesAlike = (a: ocpi230.Tariff, b: ocpi230.Tariff): boolean => differencesOf(a, b).length === 0

/** Whether the tariffs of the CDR are those that were published (TAR-054, T-25). */
export const checkPublished = (
  tariffs: readonly ocpi230.Tariff[],
  published: readonly ocpi230.Tariff[],
): readonly CheckFinding[] =>
  tariffs.flatMap((tariff, index) => {
    const pointer = `/tariffs/${index}`
    const known = published.find(({ id }) => sameId(id, tariff.id))
    if (known === undefined)
      return [
        finding('tariff_not_published', pointer, `no tariff ${tariff.id} was published when it started`),
      ]
    const places = differencesOf(tariff, known)
    if (places.length === 0) return []
    const more = places.length > MOST_PLACES ? ` and ${places.length - MOST_PLACES} more` : ''
    const message = `tariff ${tariff.id} is not as it was published: ${places.slice(0, MOST_PLACES).join(', ')}${more}`
    return [finding('tariff_not_as_published', pointer, message)]
  })

/** Whether periods name tariffs that are there (CDR-037), in the currency of the CDR (CDR-060). */
export const checkAttached = (
  cdr: ocpi230.CDR,
  tariffs: readonly ocpi230.Tariff[],
): readonly CheckFinding[] => {
  const periods = cdr.charging_periods.flatMap(({ tariff_id }, index) => {
    const pointer = `/charging_periods/${index}`
    if (tariff_id === undefined)
      return tariffs.length > 1
        ? [
            finding(
              'period_without_tariff',
              pointer,
              'the period names none of the tariffs: it costs nothing',
            ),
          ]
        : []
    if (tariffs.some(({ id }) => sameId(id, tariff_id))) return []
    const message = `the CDR holds no tariff ${tariff_id}: the period costs nothing`
    return [finding('tariff_not_attached', `${pointer}/tariff_id`, message)]
  })
  const foreign = tariffs.flatMap(({ currency }, index) =>
    currency === cdr.currency
      ? []
      : [
          finding(
            'currency_differs',
            '/currency',
            `the CDR is in ${cdr.currency}, its tariff ${tariffs[index]?.id ?? ''} in ${currency}`,
          ),
        ],
  )
  return [...periods, ...foreign]
}
