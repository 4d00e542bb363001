import { isJsonObject, type ocpi230 } from '@interwatt/protocol'
import { textAt } from './json.js'

type CDR = ocpi230.CDR

const isPrice = (value: unknown): boolean => isJsonObject(value) && typeof value.before_taxes === 'number'

const isPeriod = (value: unknown): boolean =>
  isJsonObject(value) && typeof value.start_date_time === 'string' && Array.isArray(value.dimensions)

/** True when a document has what pricing with it needs; the node has validated the rest. */
export const isTariff = (value: unknown): value is ocpi230.Tariff =>
  isJsonObject(value) && typeof value.id === 'string' && Array.isArray(value.elements)

/** True when an event's data has what booking a CDR needs; the node has validated the rest. */
export const isCdr = (value: unknown): value is CDR =>
  isJsonObject(value) &&
  ['country_code', 'party_id', 'id', 'currency', 'end_date_time'].every(
    (field) => typeof value[field] === 'string',
  ) &&
  isPrice(value.total_cost) &&
  Array.isArray(value.charging_periods) &&
  value.charging_periods.every(isPeriod) &&
  (value.tariffs === undefined || (Array.isArray(value.tariffs) && value.tariffs.every(isTariff))) &&
  textAt(value, 'cdr_token', 'uid') !== undefined &&
  textAt(value, 'cdr_location', 'id') !== undefined
