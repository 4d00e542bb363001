import { add, compare, decimal } from '../../decimal/index.js'
import type { JsonObject } from '../../json/json-object.js'
import { error, warning } from '../../schema/check-result.js'
import { numberAt, objectsAt, repeatedIndexes, textAt } from '../../schema/field-values.js'
import type { CheckResult } from '../../schema/index.js'
import { check, type Tolerance } from '../../schema/index.js'
import { foldCase } from '../../transport/party.js'

/** Seven decimals do not fit the length of a coordinate but occur: accepted (LOC-111). */
export const LONG_LATITUDE: Tolerance = { rule: 'LOC-111', maxReceived: 11 }
export const LONG_LONGITUDE: Tolerance = { rule: 'LOC-111', maxReceived: 12 }

/** 2.1.1 has six decimals; partners send more or fewer, which are cut or padded (LOC-111). */
export const OTHER_DECIMALS: Tolerance = {
  rule: 'LOC-111',
  note: 'has other than six decimals; cut or padded to six',
  repair: (value) =>
    typeof value === 'string' && /^-?\d{1,3}\.(?!\d{6}$)\d{1,15}$/.test(value)
      ? sixDecimals(value)
      : undefined,
}

/** Decimal degrees with exactly six decimals: cut, never rounded, so that no limit of the globe is passed. */
export const sixDecimals = (degrees: string): string => {
  if (degrees.at(-7) === '.') return degrees
  const [whole = '0', part = ''] = degrees.split('.')
  return `${whole}.${part.slice(0, 6).padEnd(6, '0')}`
}

/** A plain text in `EVSE.parking` is the id of the parking place, as early 2.3.0 examples had it. */
export const PARKING_AS_TEXT: Tolerance = {
  rule: 'mod_locations_evseparking_class',
  note: 'is a text; read as the parking_id of an object',
  repair: (value) => (typeof value === 'string' ? { parking_id: value } : undefined),
}

/** LOC-114: regular hours exactly when the location is not always open. */
export const hoursAreStated = check(['twentyfourseven', 'regular_hours'], (hours) => {
  const stated = objectsAt(hours, 'regular_hours').length > 0
  if (hours.twentyfourseven === true && stated)
    return [error('/regular_hours', 'regular_hours must be left out when twentyfourseven is true', 'LOC-114')]
  if (hours.twentyfourseven === false && !stated)
    return [error('/regular_hours', 'regular_hours needs an entry when twentyfourseven is false', 'LOC-114')]
  return []
})

/** LOC-115: 2.1.1 states regular hours or that the location is always open; both when `twentyfourseven` is false. */
export const hoursAreOneOfTwo = check([], (hours) =>
  hours.twentyfourseven === true || objectsAt(hours, 'regular_hours').length > 0
    ? []
    : [error('/regular_hours', 'one of twentyfourseven and regular_hours must be given', 'LOC-115')],
)

/** LOC-116: a weekday of 1 to 7 and an end after the begin; 00:00 as end is the end of the day. */
export const periodIsOrdered = check(['weekday', 'period_begin', 'period_end'], (hours) => {
  const results: CheckResult[] = []
  const weekday = numberAt(hours, 'weekday') ?? 0
  if (weekday < 1 || weekday > 7)
    results.push(error('/weekday', 'weekday must be 1 (Monday) to 7 (Sunday)', 'LOC-116'))
  const [begin = '', end = ''] = [textAt(hours, 'period_begin'), textAt(hours, 'period_end')]
  if (end !== '00:00' && end <= begin)
    results.push(
      error('/period_end', 'period_end must be later than period_begin, split at midnight', 'LOC-116'),
    )
  return results
})

/** LOC-121: tokens that may see a location make sense only when it is not published. */
export const publicationIsConsistent = check(['publish', 'publish_allowed_to'], (location) =>
  location.publish === true && objectsAt(location, 'publish_allowed_to').length > 0
    ? [warning('/publish_allowed_to', 'publish_allowed_to has no effect when publish is true', 'LOC-121')]
    : [],
)

/** LOC-122: a token to publish to is told by `uid` with `type`, `visual_number` with `issuer`, or `group_id`. */
export const publishTokenIsIdentified = check(
  ['uid', 'type', 'visual_number', 'issuer', 'group_id'],
  (token) => {
    const has = (name: string) => textAt(token, name) !== undefined
    const results: CheckResult[] = []
    if (!has('uid') && !has('visual_number') && !has('group_id'))
      results.push(error('', 'one of uid, visual_number and group_id must be given', 'LOC-122'))
    if (has('uid') && !has('type')) results.push(error('/type', 'uid needs type', 'LOC-122'))
    if (has('visual_number') && !has('issuer'))
      results.push(error('/issuer', 'visual_number needs issuer', 'LOC-122'))
    return results
  },
)

/** LOC-137: the shares of the energy sources make up the whole. */
export const sharesAreComplete = check(['energy_sources'], (mix) => {
  const sources = objectsAt(mix, 'energy_sources')
  if (sources.length === 0) return []
  const total = sources.reduce(
    (sum, source) => add(sum, decimal(numberAt(source, 'percentage') ?? 0)),
    decimal(0),
  )
  return compare(total, decimal(100)) === 0
    ? []
    : [warning('/energy_sources', 'the percentages of energy_sources do not add up to 100', 'LOC-137')]
})

const foldedId = (value: JsonObject, name: string): string => foldCase(textAt(value, name) ?? '')

/** LOC-150: parking places of a location have different ids. */
export const parkingIdsDiffer = check(['parking_places'], (location) => {
  const ids = objectsAt(location, 'parking_places').map((parking) => foldedId(parking, 'id'))
  return repeatedIndexes(ids).map((index) =>
    error(`/parking_places/${index}/id`, 'another parking place of the location has this id', 'LOC-150'),
  )
})

/** LOC-151: an EVSE refers to parking places of its location. */
export const parkingIsKnown = check(['parking_places', 'evses'], (location) => {
  const ids = new Set(objectsAt(location, 'parking_places').map((parking) => foldedId(parking, 'id')))
  return objectsAt(location, 'evses').flatMap((evse, evseIndex) =>
    objectsAt(evse, 'parking').flatMap((parking, index) =>
      ids.has(foldedId(parking, 'parking_id'))
        ? []
        : [
            warning(
              `/evses/${evseIndex}/parking/${index}/parking_id`,
              'no parking place of the location has this id',
              'LOC-151',
            ),
          ],
    ),
  )
})

const SIZES = ['max_vehicle_weight', 'max_vehicle_height', 'max_vehicle_length', 'max_vehicle_width'] as const
const EXPECTED_FOR_LARGE = [
  ...SIZES,
  'parking_space_length',
  'parking_space_width',
  'dangerous_goods_allowed',
]
const SMALL_VEHICLES: readonly unknown[] = ['PERSONAL_VEHICLE', 'MOTORCYCLE']

/** LOC-152 and LOC-153: dimensions where larger vehicles park, a photo where disabled people do. */
export const parkingIsDescribed = check(['vehicle_types'], (parking) => {
  const types = Array.isArray(parking.vehicle_types) ? parking.vehicle_types : []
  const results: CheckResult[] = []
  const missing = EXPECTED_FOR_LARGE.filter((name) => parking[name] === undefined || parking[name] === null)
  if (missing.length > 0 && types.some((type) => !SMALL_VEHICLES.includes(type)))
    results.push(warning('', `for these vehicle types ${missing.join(', ')} should be given`, 'LOC-152'))
  if (types.includes('DISABLED') && objectsAt(parking, 'images').length === 0)
    results.push(warning('/images', 'a photo should be given of parking for disabled people', 'LOC-153'))
  return results
})
