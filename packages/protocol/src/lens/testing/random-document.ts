import fc from 'fast-check'
import type { DocumentName } from '../../contract/endpoint.js'
import { isJsonObject, type JsonObject } from '../../json/json-object.js'
import * as v211 from '../../modules/v211.js'
import * as v221 from '../../modules/v221.js'
import * as v230 from '../../modules/v230.js'
import type { ObjectSchema, Schema } from '../../schema/index.js'
import { arbitraryOf, patchOf } from '../../testing/index.js'

/** Documents that only the newest version has: they are withheld from others, which tests of their own show. */
type NewestOnly =
  | 'terminal'
  | 'financial_advice_confirmation'
  | 'invoice_reconciliation_record'
  | 'booking_location'
  | 'calendar'
  | 'booking'
  | 'booking_request'
export type ObjectName = Exclude<DocumentName, 'charging_preferences_response' | NewestOnly>

const schemasOf = (v: typeof v221 | typeof v230): Readonly<Record<ObjectName, ObjectSchema>> => ({
  location: v.Location,
  evse: v.EVSE,
  connector: v.Connector,
  tariff: v.Tariff,
  token: v.Token,
  session: v.Session,
  cdr: v.CDR,
  credentials: v.Credentials,
  authorization_info: v.AuthorizationInfo,
  location_references: v.LocationReferences,
  charging_preferences: v.ChargingPreferences,
  start_session: v.StartSession,
  stop_session: v.StopSession,
  reserve_now: v.ReserveNow,
  cancel_reservation: v.CancelReservation,
  unlock_connector: v.UnlockConnector,
  command_response: v.CommandResponse,
  command_result: v.CommandResult,
  set_charging_profile: v.SetChargingProfile,
  charging_profile_response: v.ChargingProfileResponse,
  active_charging_profile: v.ActiveChargingProfile,
  active_charging_profile_result: v.ActiveChargingProfileResult,
  charging_profile_result: v.ChargingProfileResult,
  clear_profile_result: v.ClearProfileResult,
  client_info: v.ClientInfo,
})

/** What 2.1.1 does not have at all. */
export type NewerName =
  | 'charging_preferences'
  | 'cancel_reservation'
  | 'set_charging_profile'
  | 'charging_profile_response'
  | 'active_charging_profile'
  | 'active_charging_profile_result'
  | 'charging_profile_result'
  | 'clear_profile_result'
  | 'client_info'

const olderSchemas: Readonly<Record<Exclude<ObjectName, NewerName>, ObjectSchema>> = {
  location: v211.Location,
  evse: v211.EVSE,
  connector: v211.Connector,
  tariff: v211.Tariff,
  token: v211.Token,
  session: v211.Session,
  cdr: v211.CDR,
  credentials: v211.Credentials,
  authorization_info: v211.AuthorizationInfo,
  location_references: v211.LocationReferences,
  start_session: v211.StartSession,
  stop_session: v211.StopSession,
  reserve_now: v211.ReserveNow,
  unlock_connector: v211.UnlockConnector,
  command_response: v211.CommandResponse,
  command_result: v211.CommandResponse,
}

/** The schema of every object that crosses versions, in each. */
export const schemas = {
  '2.1.1': olderSchemas,
  '2.2.1': schemasOf(v221),
  '2.3.0': schemasOf(v230),
} as const

/** All objects that a version has. */
export const namesIn = (version: keyof typeof schemas): readonly Exclude<ObjectName, NewerName>[] =>
  objectNames.filter((name): name is Exclude<ObjectName, NewerName> => Object.hasOwn(schemas[version], name))

/** The schema of an object in a version; throws when the version does not have it. */
export const schemaIn = (version: keyof typeof schemas, name: ObjectName): ObjectSchema => {
  const known: Readonly<Partial<Record<ObjectName, ObjectSchema>>> = schemas[version]
  const schema = known[name]
  if (schema === undefined) throw new Error(`${version} has no ${name}`)
  return schema
}

/** All objects that cross versions. */
export const objectNames: readonly ObjectName[] = [
  'location',
  'evse',
  'connector',
  'tariff',
  'token',
  'session',
  'cdr',
  'credentials',
  'authorization_info',
  'location_references',
  'charging_preferences',
  'start_session',
  'stop_session',
  'reserve_now',
  'cancel_reservation',
  'unlock_connector',
  'command_response',
  'command_result',
  'set_charging_profile',
  'charging_profile_response',
  'active_charging_profile',
  'active_charging_profile_result',
  'charging_profile_result',
  'clear_profile_result',
  'client_info',
]

/** Names that mean something in one version only, and some that trip careless code. */
const vendorNames = [
  'x_vendor',
  '__proto__',
  'constructor',
  'a/b~c',
  'before_taxes',
  'taxes',
  'after_taxes',
  'excl_vat',
  'incl_vat',
  'tax_included',
  'hub_party_id',
  'help_phone',
  'parking_places',
  'parking',
  'capabilities',
  'accepted_service_providers',
  'country_code',
  'party_id',
  'publish',
  'type',
  'parking_type',
  'tariff_id',
  'tariff_ids',
  'voltage',
  'max_voltage',
  'auth_id',
  'contract_id',
  'cdr_token',
  'cdr_location',
  'location',
  'location_id',
  'start_datetime',
  'stop_date_time',
  'credit',
  'min_price',
  'vat',
  'reservation',
  'source',
  'roles',
  'token',
  'timeout',
  'connector_ids',
]

type Sprinkle = Iterator<readonly [string, unknown] | null>

/** Adds now and then an unknown field, at every depth where the schema knows the object. */
const sprinkled = (schema: Schema, value: unknown, sprinkles: Sprinkle): unknown => {
  if (schema.kind !== 'object' || !isJsonObject(value)) return value
  const known = Object.entries(value).map(([name, inner]): [string, unknown] => {
    const field = Object.hasOwn(schema.fields, name) ? schema.fields[name]?.schema : undefined
    if (field === undefined) return [name, inner]
    if (!Array.isArray(inner)) return [name, sprinkled(field, inner, sprinkles)]
    return [name, inner.map((item: unknown) => sprinkled(field, item, sprinkles))]
  })
  const { value: extra } = sprinkles.next()
  return Object.fromEntries(extra && !Object.hasOwn(schema.fields, extra[0]) ? [...known, extra] : known)
}

const sprinkles = fc.infiniteStream(
  fc.option(fc.tuple(fc.constantFrom(...vendorNames), fc.jsonValue({ maxDepth: 1 }))),
)

/** As it comes out of a parser: no negative zero, no fields without a value. */
const asObject = (value: unknown): JsonObject => {
  const parsed: unknown = JSON.parse(JSON.stringify(value))
  return isJsonObject(parsed) ? parsed : {}
}

/** Valid documents; with `vendor`, unknown fields at every depth, some under names the other version uses. */
export const randomDocument = (schema: ObjectSchema, vendor = false): fc.Arbitrary<JsonObject> =>
  fc
    .tuple(arbitraryOf(schema, { vendorFields: vendor, openValues: true, maxItems: 2 }), sprinkles)
    .map(([document, extra]) => asObject(vendor ? sprinkled(schema, document, extra) : document))

/** Valid PATCH bodies; with `vendor`, unknown fields and nulls as well. */
export const randomPatch = (schema: ObjectSchema, vendor = false): fc.Arbitrary<JsonObject> =>
  fc
    .tuple(patchOf(schema, { vendorFields: vendor, openValues: true, maxItems: 2, nulls: vendor }), sprinkles)
    .map(([patch, extra]) => asObject(vendor ? sprinkled(schema, patch, extra) : patch))
