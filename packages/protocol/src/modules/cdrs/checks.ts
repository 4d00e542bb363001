import { parseDateTime } from '../../date-time/index.js'
import { isJsonObject, type JsonObject } from '../../json/json-object.js'
import { error, warning } from '../../schema/check-result.js'
import { numberAt, objectAt, objectsAt, textAt } from '../../schema/field-values.js'
import { check, type EnumSchema, type ObjectCheck, type Tolerance } from '../../schema/index.js'
import { foldCase } from '../../transport/party.js'

/** Addresses of a location are longer than those of a CDR allow; partners copy them (LOC-140). */
export const LONG_ADDRESS: Tolerance = { rule: 'LOC-140', maxReceived: 255 }
export const LONG_STATE: Tolerance = { rule: 'LOC-140', maxReceived: 45 }

/** A tariff inside a CDR without `tax_included` is read as NO (CDR-059). */
export const TAX_NOT_STATED: Tolerance = {
  rule: 'CDR-059',
  note: 'has no tax_included; read as NO',
  repair: (value) =>
    isJsonObject(value) && (value.tax_included === undefined || value.tax_included === null)
      ? { ...value, tax_included: 'NO' }
      : undefined,
}

/**
 * In a CDR for a reservation nobody used, the connector fields may hold any value and are ignored (CDR-053): what is
 * none of `listed` becomes the first of them. The EVSE of such a CDR is `#NA`.
 */
export const unusedReservation = (listed: Readonly<Record<string, EnumSchema>>): Tolerance => ({
  rule: 'CDR-053',
  note: 'is of an unused reservation; connector fields with other values were replaced and mean nothing',
  repair: (value) => {
    if (!isJsonObject(value) || value.evse_uid !== '#NA') return undefined
    const replaced = Object.entries(listed).flatMap(([name, { open, values }]) => {
      const given = value[name]
      const fits =
        typeof given === 'string' && given !== '#NA' && given !== '' && (open || values.includes(given))
      return fits ? [] : [[name, values[0]]]
    })
    return replaced.length === 0 ? undefined : { ...value, ...Object.fromEntries(replaced) }
  },
})

/** CDR-072 and CDR-081: a credit names what it credits, and nothing else does. */
export const creditIsComplete = check(['credit', 'credit_reference_id'], (cdr) => {
  const reference = textAt(cdr, 'credit_reference_id')
  if (cdr.credit === true && reference === undefined)
    return [error('/credit_reference_id', 'a credit needs credit_reference_id', 'CDR-072')]
  if (cdr.credit !== true && reference !== undefined)
    return [error('/credit_reference_id', 'credit_reference_id is given but credit is not true', 'CDR-081')]
  return []
})

/** CDR-031: only the id of a credit may be longer than 36 characters. */
export const idFits = check(['id', 'credit'], (cdr) =>
  cdr.credit !== true && (textAt(cdr, 'id') ?? '').length > 36
    ? [warning('/id', 'only the id of a credit has more than 36 characters', 'CDR-031')]
    : [],
)

/** CDR-080: a negative total is plausible for a credit or for energy fed back; `net` names the amount without tax. */
export const totalIsPlausible = (net: 'excl_vat' | 'before_taxes'): ObjectCheck =>
  check(['total_cost', 'total_energy', 'credit'], (cdr) => {
    const total = numberAt(objectAt(cdr, 'total_cost') ?? {}, net) ?? 0
    if (total >= 0 || cdr.credit === true || (numberAt(cdr, 'total_energy') ?? 0) < 0) return []
    return [warning('/total_cost', 'total_cost is negative but the CDR is no credit', 'CDR-080')]
  })

const epochMsAt = (value: JsonObject, name: string): number | undefined =>
  parseDateTime(textAt(value, name) ?? '')?.epochMs

/** CDR-055: the session does not end before it starts; its periods are in order and inside it. */
export const timesAreOrderedUntil = (last: 'end_date_time' | 'stop_date_time'): ObjectCheck =>
  check(['start_date_time', last, 'charging_periods'], (cdr) => {
    const start = epochMsAt(cdr, 'start_date_time') ?? Number.NEGATIVE_INFINITY
    const end = epochMsAt(cdr, last) ?? Number.POSITIVE_INFINITY
    if (end < start) return [warning(`/${last}`, `${last} is before start_date_time`, 'CDR-055')]
    let previous = start
    return objectsAt(cdr, 'charging_periods').flatMap((period, index) => {
      const begin = epochMsAt(period, 'start_date_time') ?? previous
      const fits = begin >= previous && begin <= end
      previous = Math.max(previous, begin)
      const message = 'the period starts outside the session or before the period above it'
      return fits ? [] : [warning(`/charging_periods/${index}/start_date_time`, message, 'CDR-055')]
    })
  })

const SESSION_ONLY: readonly unknown[] = [
  'CURRENT',
  'ENERGY_EXPORT',
  'ENERGY_IMPORT',
  'POWER',
  'STATE_OF_CHARGE',
]

/** CDR-036: dimensions that belong to sessions only are ignored. */
export const dimensionsBelong = check(['charging_periods'], (cdr) =>
  objectsAt(cdr, 'charging_periods').flatMap((period, periodIndex) =>
    objectsAt(period, 'dimensions').flatMap((dimension, index) =>
      SESSION_ONLY.includes(dimension.type)
        ? [
            warning(
              `/charging_periods/${periodIndex}/dimensions/${index}`,
              'this dimension belongs to sessions and is ignored in a CDR',
              'CDR-036',
            ),
          ]
        : [],
    ),
  ),
)

/** CDR-037 and CDR-060: periods refer to tariffs of the CDR, which have its currency. */
export const tariffsFit = check(['charging_periods', 'tariffs', 'currency'], (cdr) => {
  const tariffs = objectsAt(cdr, 'tariffs')
  const ids = new Set(tariffs.map((tariff) => foldCase(textAt(tariff, 'id') ?? '')))
  const unknown = objectsAt(cdr, 'charging_periods').flatMap((period, index) => {
    const id = textAt(period, 'tariff_id')
    if (id === undefined || ids.has(foldCase(id))) return []
    return [warning(`/charging_periods/${index}/tariff_id`, 'the CDR holds no tariff of this id', 'CDR-037')]
  })
  const foreign = tariffs.flatMap((tariff, index) =>
    tariff.currency === cdr.currency
      ? []
      : [warning(`/tariffs/${index}/currency`, 'the tariff has another currency than the CDR', 'CDR-060')],
  )
  return [...unknown, ...foreign]
})
