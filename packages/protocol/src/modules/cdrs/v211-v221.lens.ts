import { holds, isJsonObject, type JsonObject } from '../../json/json-object.js'
import { isAmount } from '../../lens/amounts.js'
import { withField, withRenamed } from '../../lens/fields.js'
import {
  type Crossing,
  GONE,
  gone,
  lens,
  note,
  type Place,
  type Step,
  startCrossing,
} from '../../lens/lens.js'
import { given, nearest, owner } from '../../lens/older-steps.js'
import {
  clearNames,
  declareCleared,
  declareSetAside,
  inEach,
  leaveOut,
  newerOnly,
  rename,
  setAsideFields,
} from '../../lens/steps.js'
import { wholeSeconds } from '../../lens/whole-seconds.js'
import { connector as connectorLens, place } from '../locations/v211-v221.lens.js'
import { embeddedTariff } from '../tariffs/v211-v221.lens.js'
import { CDR, CdrDimensionType } from './v211.js'

const notCredit = 'the target version has no credit CDRs'
const noSession = 'the target version does not name the session'
const longId = 'the id is longer than the target version allows'
const tokenByContract = 'the target version names the contract alone'
const placeShortened = 'the target version keeps of the location what a CDR needs'
const placeRebuilt = 'the location is put together from the CDR and what is stored of the location'
const noTax = 'the target version has amounts without tax alone'
const noDimension = 'the target version has no such dimension'

/** What a value says that cannot exist (2.2.1 `types_string_type`). */
const NOBODY = '#NA'

const tokenFor = (contractId: unknown, { facts }: Crossing): JsonObject => {
  const known = typeof contractId === 'string' ? facts.tokenOf?.(contractId) : undefined
  if (known !== undefined) return known
  const party = facts.tokenOwner ?? facts.owner
  return given({
    country_code: party?.countryCode,
    party_id: party?.partyId,
    uid: NOBODY,
    type: 'OTHER',
    contract_id: contractId,
  })
}

/** The contract became a token with its owner (cdrs.md, sessions.md, translation). */
export const cdrToken: Step = {
  keepsShape: false,
  declares: [
    ...declareSetAside('cdr_token'),
    ...declareCleared('auth_id'),
    { direction: 'down', pointer: '/cdr_token', reason: tokenByContract },
  ],
  up(subject, at, crossing) {
    const own = setAsideFields(subject, ['cdr_token'], at, crossing)
    if (!holds(own, 'auth_id')) return own
    return withRenamed(withField(own, 'auth_id', tokenFor(own.auth_id, crossing)), 'auth_id', 'cdr_token')
  },
  down(subject, at, crossing) {
    const own = clearNames(subject, ['auth_id'], at, crossing)
    const token = own.cdr_token
    if (!isJsonObject(token)) return own
    note(crossing, at, 'cdr_token', { reason: tokenByContract, severity: 'changed' })
    return withRenamed(withField(own, 'cdr_token', token.contract_id), 'cdr_token', 'auth_id')
  },
}

/** COMMAND is new as a way of authorizing. */
export const authMethod = nearest('auth_method', { COMMAND: 'AUTH_REQUEST' })

/** An amount without VAT became a Price (types.md 4). */
export const plainCost: Step = {
  keepsShape: false,
  declares: [{ direction: 'down', pointer: '/total_cost', reason: noTax }],
  up: (subject) =>
    isAmount(subject.total_cost)
      ? withField(subject, 'total_cost', { excl_vat: subject.total_cost })
      : subject,
  down(subject, at, crossing) {
    const cost = subject.total_cost
    if (!isJsonObject(cost)) return subject
    if (Object.keys(cost).length > 1) note(crossing, at, 'total_cost', { reason: noTax, severity: 'changed' })
    return withField(subject, 'total_cost', cost.excl_vat)
  },
}

const KNOWN: readonly unknown[] = CdrDimensionType.values
const isKnown = (dimension: unknown): boolean => isJsonObject(dimension) && KNOWN.includes(dimension.type)
const isFlat = (dimension: unknown): boolean => isJsonObject(dimension) && dimension.type === 'FLAT'

/**
 * Dimensions differ both ways: FLAT left, several came. A period that loses all of them goes, or says that it took no
 * time where a list of periods may not become empty.
 */
export const dimensions = (whenEmpty: 'goes' | 'no time'): Step => {
  const keep = (
    period: JsonObject,
    at: Place | undefined,
    crossing: Crossing,
    fits: (dimension: unknown) => boolean,
  ): JsonObject | undefined => {
    const listed = period.dimensions
    if (!Array.isArray(listed) || listed.every(fits)) return period
    const inList = { parent: at, key: 'dimensions' }
    listed.forEach((each, index) => {
      if (!fits(each)) note(crossing, inList, index, { reason: noDimension, severity: 'lost' })
    })
    const kept = listed.filter(fits)
    if (kept.length > 0) return withField(period, 'dimensions', kept)
    return whenEmpty === 'goes' ? undefined : withField(period, 'dimensions', [{ type: 'TIME', volume: 0 }])
  }
  return {
    keepsShape: false,
    declares: [
      { direction: 'up', pointer: '/dimensions/*', reason: noDimension },
      { direction: 'down', pointer: '/dimensions/*', reason: noDimension },
      { direction: 'down', pointer: '/dimensions/*/type', reason: noDimension },
      { direction: 'down', pointer: '', reason: noDimension },
    ],
    // A period with FLAT alone says that nothing was measured; going up it stays, as a period without time.
    up: (period, at, crossing) =>
      keep(period, at, crossing, (each) => !isFlat(each)) ?? withField(period, 'dimensions', NO_TIME),
    down: (period, at, crossing) =>
      keep(period, at, crossing, isKnown) ?? gone(crossing, { parent: at, key: 'dimensions' }, noDimension),
  }
}

const NO_TIME = [{ type: 'TIME', volume: 0 }]

/** ChargingPeriod: the tariff is new, dimensions differ. */
const period = lens(dimensions('no time'), newerOnly('tariff_id'))

/** The tariff of every period, where there is one only (cdrs.md, translation). */
const tariffOfPeriods: Step = {
  keepsShape: false,
  declares: [],
  up(cdr) {
    const { tariffs, charging_periods: periods } = cdr
    const [only] = Array.isArray(tariffs) && tariffs.length === 1 ? tariffs : []
    if (!isJsonObject(only) || typeof only.id !== 'string' || !Array.isArray(periods)) return cdr
    const told = periods.map((each: unknown) =>
      isJsonObject(each) && !holds(each, 'tariff_id') ? { ...each, tariff_id: only.id } : each,
    )
    return withField(cdr, 'charging_periods', told)
  },
  down: (cdr) => cdr,
}

/** A correction that would bill the session a second time. */
const credits: Step = {
  keepsShape: true,
  declares: [
    { direction: 'down', pointer: '/credit', reason: notCredit },
    { direction: 'down', pointer: '/id', reason: longId },
  ],
  up: (cdr) => cdr,
  down(cdr, at, crossing) {
    if (cdr.credit === true) return gone(crossing, { parent: at, key: 'credit' }, notCredit)
    return typeof cdr.id === 'string' && [...cdr.id].length > 36
      ? gone(crossing, { parent: at, key: 'id' }, longId)
      : cdr
  },
}

const firstOf = (list: unknown): JsonObject => {
  const first: unknown = Array.isArray(list) ? list[0] : undefined
  return isJsonObject(first) ? first : {}
}

const text = (value: unknown, otherwise: unknown): unknown => (typeof value === 'string' ? value : otherwise)

const liftPlace = (location: JsonObject): JsonObject => {
  const evse = firstOf(location.evses)
  const connector = firstOf(evse.connectors)
  return given({
    id: location.id,
    name: location.name,
    address: location.address,
    city: location.city,
    postal_code: location.postal_code === '-' ? undefined : location.postal_code,
    country: location.country,
    coordinates: location.coordinates,
    evse_uid: text(evse.uid, NOBODY),
    evse_id: text(evse.evse_id, NOBODY),
    connector_id: text(connector.id, NOBODY),
    connector_standard: text(connector.standard, 'IEC_62196_T2'),
    connector_format: text(connector.format, 'SOCKET'),
    connector_power_type: text(connector.power_type, 'AC_3_PHASE'),
  })
}

/** Volts and amperes of a connector nobody has stored. */
const USUAL: Readonly<Record<string, { readonly voltage: number; readonly amperage: number }>> = {
  AC_1_PHASE: { voltage: 230, amperage: 16 },
  AC_3_PHASE: { voltage: 230, amperage: 16 },
  DC: { voltage: 400, amperage: 125 },
}

const sameId = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' && a.toUpperCase() === b.toUpperCase()

const findBy = (list: unknown, field: string, id: unknown): JsonObject | undefined =>
  Array.isArray(list) ? list.find((item) => isJsonObject(item) && sameId(item[field], id)) : undefined

const connectorOf = (
  at: JsonObject,
  stored: JsonObject | undefined,
  lastUpdated: unknown,
): JsonObject | typeof GONE => {
  const lowered = connectorLens.down(
    given({
      id: at.connector_id,
      standard: at.connector_standard,
      format: at.connector_format,
      power_type: at.connector_power_type,
      last_updated: lastUpdated,
    }),
    undefined,
    startCrossing('whole'),
  )
  if (!isJsonObject(lowered)) return GONE
  const usual = USUAL[String(lowered.power_type)]
  return {
    ...lowered,
    voltage: stored?.max_voltage ?? usual?.voltage,
    amperage: stored?.max_amperage ?? usual?.amperage,
  }
}

const evsesOf = (
  at: JsonObject,
  stored: JsonObject,
  lastUpdated: unknown,
): readonly JsonObject[] | typeof GONE => {
  if (at.evse_uid === NOBODY || at.connector_id === NOBODY) return []
  const evse = findBy(stored.evses, 'uid', at.evse_uid)
  const connector = connectorOf(at, findBy(evse?.connectors, 'id', at.connector_id), lastUpdated)
  if (connector === GONE) return GONE
  const evseId = at.evse_id === NOBODY ? undefined : at.evse_id
  const base = { uid: at.evse_uid, evse_id: evseId, status: 'UNKNOWN' }
  return [given({ ...base, connectors: [connector], last_updated: lastUpdated })]
}

const lowerPlace = (at: JsonObject, lastUpdated: unknown, { facts }: Crossing): JsonObject | typeof GONE => {
  const stored = typeof at.id === 'string' ? (facts.placeOf?.(at.id) ?? {}) : {}
  const evses = evsesOf(at, stored, lastUpdated)
  if (evses === GONE) return GONE
  const location = given({
    id: at.id,
    parking_type: stored.parking_type,
    name: at.name,
    address: at.address,
    city: at.city,
    postal_code: at.postal_code ?? stored.postal_code,
    country: at.country,
    coordinates: at.coordinates,
    last_updated: lastUpdated,
  })
  const lowered = place.down(location, undefined, startCrossing('whole'))
  if (!isJsonObject(lowered)) return GONE
  return evses.length === 0 ? lowered : { ...lowered, evses }
}

const neverPatched = 'a CDR does not change'
const noConnector = 'the target version has no such connector'

/** The whole location became the few facts that a CDR needs (cdrs.md, translation). */
const cdrLocation: Step = {
  keepsShape: false,
  declares: [
    ...declareSetAside('cdr_location'),
    ...declareCleared('location'),
    { direction: 'up', pointer: '/location', reason: placeShortened },
    { direction: 'down', pointer: '/cdr_location', reason: placeRebuilt },
    { direction: 'down', pointer: '/cdr_location', reason: noConnector },
    { direction: 'down', pointer: '/cdr_location', reason: neverPatched },
  ],
  up(cdr, at, crossing) {
    const own = setAsideFields(cdr, ['cdr_location'], at, crossing)
    if (!isJsonObject(own.location)) return own
    note(crossing, at, 'location', { reason: placeShortened, severity: 'changed' })
    return withRenamed(withField(own, 'location', liftPlace(own.location)), 'location', 'cdr_location')
  },
  down(cdr, at, crossing) {
    const own = clearNames(cdr, ['location'], at, crossing)
    if (!isJsonObject(own.cdr_location)) return own
    if (crossing.form === 'patch' && !crossing.restoring)
      return gone(crossing, { parent: at, key: 'cdr_location' }, neverPatched)
    const lowered = lowerPlace(own.cdr_location, own.last_updated, crossing)
    if (lowered === GONE) return gone(crossing, { parent: at, key: 'cdr_location' }, noConnector)
    note(crossing, at, 'cdr_location', { reason: placeRebuilt, severity: 'changed' })
    return withRenamed(withField(own, 'cdr_location', lowered), 'cdr_location', 'location')
  },
}

/** The session of a CDR is new; for older ones the caller may know which one it is. */
const sessionId: Step = {
  keepsShape: false,
  declares: [
    ...declareSetAside('session_id'),
    { direction: 'down', pointer: '/session_id', reason: noSession },
  ],
  up(cdr, at, crossing) {
    const own = setAsideFields(cdr, ['session_id'], at, crossing)
    const id = typeof own.id === 'string' ? crossing.facts.sessionOf?.(own.id) : undefined
    return id === undefined ? own : withField(own, 'session_id', id)
  },
  down: (cdr, at, crossing) => leaveOut(cdr, 'session_id', at, crossing, noSession),
}

/** CDR: token, place and prices were plainer, and there were no credits (cdrs.md, translation). */
export const cdr = lens(
  wholeSeconds(CDR),
  owner,
  rename('stop_date_time', 'end_date_time'),
  sessionId,
  cdrToken,
  authMethod,
  newerOnly('authorization_reference'),
  cdrLocation,
  inEach('tariffs', embeddedTariff),
  inEach('charging_periods', period, { atLeastOne: true }),
  tariffOfPeriods,
  newerOnly('signed_data'),
  plainCost,
  newerOnly('total_fixed_cost'),
  newerOnly('total_energy_cost'),
  newerOnly('total_time_cost'),
  newerOnly('total_parking_cost'),
  newerOnly('total_reservation_cost'),
  newerOnly('invoice_reference_id'),
  newerOnly('credit'),
  newerOnly('credit_reference_id'),
  newerOnly('home_charging_compensation'),
  credits,
)
