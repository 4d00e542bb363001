import { laterOf } from '../date-time/index.js'
import type { JsonObject } from '../json/json-object.js'
import { objectAt, objectsAt } from '../schema/field-values.js'

/** Turns an object whose fields are well-formed one by one into one that also keeps the rules over several fields. */
type Agreement = (value: JsonObject) => JsonObject

const without = (value: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))

const firstOf = (values: readonly JsonObject[], keyOf: (value: JsonObject) => string): JsonObject[] => [
  ...new Map([...values].reverse().map((value) => [keyOf(value), value])).values(),
]

const idOf = (value: JsonObject): string => String(value.id).toUpperCase()

/** Two DateTimes, the earlier instant first; as texts `…32.001Z` would sort before `…32Z`. */
const inOrder = (a: unknown, b: unknown): [string, string] => {
  const [first, second] = [String(a), String(b)]
  return laterOf(second, first) === second ? [first, second] : [second, first]
}

const opening = { weekday: 1, period_begin: '08:00', period_end: '18:30' }

const period = (value: JsonObject): JsonObject => {
  const [begin, end] = [String(value.period_begin), String(value.period_end)].sort()
  return {
    ...value,
    weekday: (Math.abs(Number(value.weekday)) % 7) + 1,
    period_begin: begin,
    period_end: begin === end ? '00:00' : end,
  }
}

const publishToken = (value: JsonObject): JsonObject => ({
  type: 'RFID',
  issuer: 'Beispiel',
  uid: 'CARD-1',
  ...value,
})

/** Every EVSE parks at the first parking place of the location, or at none. */
const parkAtKnownPlaces = (location: JsonObject): JsonObject => {
  const places = firstOf(objectsAt(location, 'parking_places'), idOf)
  const known = places[0]
  const evses = objectsAt(location, 'evses').map((evse) => {
    if (known === undefined) return without(evse, 'parking')
    return evse.parking === undefined
      ? evse
      : {
          ...evse,
          parking: objectsAt(evse, 'parking').map((parking) => ({ ...parking, parking_id: known.id })),
        }
  })
  return {
    ...location,
    ...(location.parking_places === undefined ? {} : { parking_places: places }),
    ...(location.evses === undefined ? {} : { evses }),
  }
}

const tariffElement = (element: JsonObject): JsonObject => {
  const components = firstOf(objectsAt(element, 'price_components'), (component) => String(component.type))
  const restrictions = objectAt(element, 'restrictions')
  if (restrictions?.reservation === undefined && restrictions?.booking === undefined)
    return { ...element, price_components: components }
  const priced = components.filter(({ type }) => type === 'FLAT' || type === 'TIME')
  return {
    ...element,
    price_components: priced.length > 0 ? priced : [{ type: 'TIME', price: 2, step_size: 60 }],
  }
}

const SESSION_ONLY: readonly unknown[] = [
  'CURRENT',
  'ENERGY_EXPORT',
  'ENERGY_IMPORT',
  'POWER',
  'STATE_OF_CHARGE',
]

/** Periods start with the session, hold dimensions of CDRs and refer to a tariff of the CDR. */
const cdr = (value: JsonObject): JsonObject => {
  const last = value.stop_date_time === undefined ? 'end_date_time' : 'stop_date_time'
  const [start, end] = inOrder(value.start_date_time, value[last])
  const tariffs = objectsAt(value, 'tariffs').map((tariff) => ({ ...tariff, currency: value.currency }))
  const known = tariffs.map(({ id }: JsonObject) => id)[0]
  const periods = objectsAt(value, 'charging_periods').map((entry) => {
    const dimensions = objectsAt(entry, 'dimensions').map((dimension) =>
      SESSION_ONLY.includes(dimension.type) ? { ...dimension, type: 'ENERGY' } : dimension,
    )
    const tariffId = known === undefined || entry.tariff_id === undefined ? {} : { tariff_id: known }
    return { ...without(entry, 'tariff_id'), ...tariffId, start_date_time: start, dimensions }
  })
  const credit = value.credit === true ? { credit_reference_id: 'CDR-0' } : {}
  return {
    ...without(value, 'credit_reference_id'),
    ...credit,
    start_date_time: start,
    [last]: end,
    charging_periods: periods,
    ...(value.tariffs === undefined ? {} : { tariffs }),
    ...(value.credit === true ? {} : { id: String(value.id).slice(0, 36) }),
  }
}

/** One decimal at most. */
const coarse = (value: unknown): number => Math.trunc(Math.abs(Number(value)) * 10) / 10

/** At least one period, a minute each, all inside the profile. */
const chargingProfile = (profile: JsonObject): JsonObject => {
  const given = objectsAt(profile, 'charging_profile_period')
  const periods = given.length > 0 ? given : [{ limit: 16 }]
  return {
    ...profile,
    ...(profile.duration === undefined ? {} : { duration: Number(profile.duration) + periods.length * 60 }),
    ...(profile.min_charging_rate === undefined
      ? {}
      : { min_charging_rate: coarse(profile.min_charging_rate) }),
    charging_profile_period: periods.map((entry, index) => ({
      ...entry,
      start_period: index * 60,
      limit: coarse(entry.limit),
    })),
  }
}

/** By object name; versions share them, as a field a version lacks is never there. */
export const agreements: Readonly<Record<string, Agreement>> = {
  RegularHours: period,
  Hours: (hours) =>
    hours.twentyfourseven === true
      ? without(hours, 'regular_hours')
      : { ...hours, regular_hours: [...objectsAt(hours, 'regular_hours'), opening] },
  PublishTokenType: publishToken,
  Location: (location) =>
    parkAtKnownPlaces(location.publish === true ? without(location, 'publish_allowed_to') : location),
  Parking: (parking) => ({ ...parking, vehicle_types: ['PERSONAL_VEHICLE'] }),
  EnergyMix: (mix) =>
    objectsAt(mix, 'energy_sources').length > 0
      ? {
          ...mix,
          energy_sources: [
            { source: 'SOLAR', percentage: 60.5 },
            { source: 'WIND', percentage: 39.5 },
          ],
        }
      : mix,
  PriceComponent: (component) => ({ ...component, step_size: Math.abs(Number(component.step_size)) }),
  TariffElement: tariffElement,
  CDR: cdr,
  StartSession: (command) => (command.evse_uid === undefined ? without(command, 'connector_id') : command),
  Credentials: (credentials) => ({
    ...credentials,
    roles: firstOf(objectsAt(credentials, 'roles'), ({ role, country_code, party_id }) =>
      `${role}/${country_code}/${party_id}`.toUpperCase(),
    ),
  }),
  ChargingPreferences: (preferences) =>
    preferences.energy_need === undefined
      ? preferences
      : { ...preferences, energy_need: Math.abs(Number(preferences.energy_need)) },
  ChargingProfile: chargingProfile,
  ActiveChargingProfileResult: (result) =>
    result.result === 'ACCEPTED' && result.profile === undefined
      ? { ...result, result: 'REJECTED' }
      : result.result === 'ACCEPTED'
        ? result
        : without(result, 'profile'),
}
