import { holds, type JsonObject } from '../../json/json-object.js'
import {
  type NewNames,
  withField,
  withNames,
  withoutField,
  withRenamed,
  withReplaced,
} from '../../lens/fields.js'
import { type Crossing, GONE, gone, lens, note, type Place, type Step } from '../../lens/lens.js'
import { nearest, owner, requiredBelow, shortened } from '../../lens/older-steps.js'
import {
  clearNames,
  declareCleared,
  declareSetAside,
  inEach,
  inField,
  known,
  knownIn,
  leaveOut,
  newerOnly,
  noteMissing,
  rename,
  renames,
  setAsideFields,
} from '../../lens/steps.js'
import { wholeSeconds } from '../../lens/whole-seconds.js'
import { sixDecimals } from './checks.js'
import { derivedTimeZone } from './time-zone.js'
import { Capability, Connector, ConnectorType, EVSE, Facility, Location, LocationType } from './v211.js'

const otherDecimals = 'the target version has six decimals'
const oneTariff = 'the target version names one tariff'
const noTariff = 'that there is no tariff any more, only a PUT can say'
const unpublished = 'the target version cannot say that a location is not to be published'
const unknownType = 'the target version has no such kind of place'
const otherType = 'the nearest kind of place that the target version has'
const alwaysOpen = 'regular hours mean nothing where it is always open'
const assumedZone = 'the source does not state the time zone; taken from the country or the longitude'
const zoneStays = 'the target version requires a time zone; the one it has stays'

const decimals = (field: string): Step => ({
  keepsShape: true,
  declares: [{ direction: 'down', pointer: `/${field}`, reason: otherDecimals }],
  up: (geo) => geo,
  down(geo, at, crossing) {
    const value = geo[field]
    const six = typeof value === 'string' ? sixDecimals(value) : value
    if (six === value) return geo
    note(crossing, at, field, { reason: otherDecimals, severity: 'changed' })
    return withField(geo, field, six)
  },
})

/** GeoLocation and AdditionalGeoLocation: six decimals, not five to seven. */
export const geo = lens(decimals('latitude'), decimals('longitude'))

const pickTariff = (ids: readonly unknown[], crossing: Crossing): unknown => {
  const texts = ids.filter((id) => typeof id === 'string')
  return crossing.facts.tariffOf?.(texts) ?? texts[0]
}

/** What stands for the tariffs of a connector: undefined when nothing is to be said, GONE when only a PUT can say it. */
const tariffBelow = (connector: JsonObject, at: Place | undefined, crossing: Crossing): unknown => {
  const ids = connector.tariff_ids
  if (!holds(connector, 'tariff_ids')) return undefined
  const picked = Array.isArray(ids) ? pickTariff(ids, crossing) : undefined
  if (picked === undefined) {
    if (crossing.form === 'whole') return undefined
    return crossing.restoring ? null : gone(crossing, { parent: at, key: 'tariff_ids' }, noTariff)
  }
  if (Array.isArray(ids) && ids.length > 1)
    note(crossing, at, 'tariff_ids', { reason: oneTariff, severity: 'changed' })
  return picked
}

const MAXIMA = { voltage: 'max_voltage', amperage: 'max_amperage' } as const
const OLDER_NAMES = ['tariff_id', ...Object.keys(MAXIMA)]
const maxima = renames(MAXIMA, ['max_electric_power'])
const lowerNames: NewNames = new Map([
  ...Object.entries(MAXIMA).map(([older, newer]) => [newer, older] as const),
  ['max_electric_power', null],
  ['tariff_ids', 'tariff_id'],
])
const lowerNamesWithoutTariff: NewNames = new Map([...lowerNames, ['tariff_ids', null]])

/**
 * Maxima got their prefix, and one tariff became several; of several the caller says which one stands for them (locations.md
 * 4.3). One step and one copy on the way down, since there are more connectors than anything else.
 */
const connectorFields: Step = {
  keepsShape: false,
  declares: [
    ...maxima.declares,
    ...declareSetAside('tariff_ids'),
    ...declareCleared('tariff_id'),
    { direction: 'down', pointer: '/tariff_ids', reason: oneTariff },
    { direction: 'down', pointer: '/tariff_ids', reason: noTariff },
  ],
  up(connector, at, crossing) {
    const own = setAsideFields(maxima.up(connector, at, crossing), ['tariff_ids'], at, crossing)
    if (!holds(own, 'tariff_id')) return own
    const ids = own.tariff_id === null ? null : [own.tariff_id]
    return withReplaced(own, 'tariff_id', 'tariff_ids', ids)
  },
  down(connector, at, crossing) {
    const own = clearNames(connector, OLDER_NAMES, at, crossing)
    noteMissing(own, 'max_electric_power', at, crossing)
    const tariff = tariffBelow(own, at, crossing)
    if (tariff === GONE) return GONE
    if (tariff === undefined) return withNames(own, lowerNamesWithoutTariff)
    return withNames(own, lowerNames, { tariff_id: tariff })
  },
}

const connectorSteps: readonly Step[] = [
  known('standard', ConnectorType.values, 'refuse'),
  nearest('power_type', { AC_2_PHASE: 'AC_1_PHASE', AC_2_PHASE_SPLIT: 'AC_1_PHASE' }),
  connectorFields,
]

/** Connector: maxima got their prefix, one tariff became several, standards and power types were added (locations.md 4.3). */
export const connector = lens(wholeSeconds(Connector), ...connectorSteps)

const evseSteps: readonly Step[] = [
  knownIn('capabilities', Capability.values),
  inEach('connectors', lens(...connectorSteps), { atLeastOne: true, upserted: true }),
  inField('coordinates', geo),
]

/** EVSE: capabilities were added; a connector of a new standard goes, and with the last one the EVSE (locations.md 4.2). */
export const evse = lens(wholeSeconds(EVSE), ...evseSteps)

/** Whether it is always open became a required statement (LOC-115). */
const twentyfourseven: Step = {
  keepsShape: false,
  declares: [{ direction: 'up', pointer: '/regular_hours', reason: alwaysOpen }],
  up(hours, at, crossing) {
    if (hours.twentyfourseven === true) return leaveOut(hours, 'regular_hours', at, crossing, alwaysOpen)
    return hours.twentyfourseven === undefined || hours.twentyfourseven === null
      ? withField(hours, 'twentyfourseven', false)
      : hours
  },
  down: (hours) => hours,
}

/** EnergyMix: what an impact is of was called its source. */
export const energyMix = lens(inEach('environ_impact', lens(rename('source', 'category'))))

/** `publish` is new: everything older is published, and what is not is withheld from older partners (locations.md 4.1). */
const publish: Step = {
  keepsShape: false,
  declares: [...declareSetAside('publish'), { direction: 'down', pointer: '/publish', reason: unpublished }],
  up(location, at, crossing) {
    const own = setAsideFields(location, ['publish'], at, crossing)
    return crossing.form === 'whole' ? withField(own, 'publish', true) : own
  },
  down: (location, at, crossing) =>
    location.publish === false
      ? gone(crossing, { parent: at, key: 'publish' }, unpublished)
      : withoutField(location, 'publish'),
}

const TYPES: readonly unknown[] = LocationType.values
const NO_KIND: readonly unknown[] = ['OTHER', 'UNKNOWN']

const lowerType = (location: JsonObject, at: Place | undefined, crossing: Crossing): JsonObject => {
  const kind = location.parking_type
  if (kind === undefined || kind === null) {
    if (crossing.form === 'patch' && !holds(location, 'parking_type')) return location
    return withField(withoutField(location, 'parking_type'), 'type', 'UNKNOWN')
  }
  const type = TYPES.includes(kind) ? kind : 'OTHER'
  if (type !== kind) note(crossing, at, 'parking_type', { reason: otherType, severity: 'changed' })
  return withReplaced(location, 'parking_type', 'type', type)
}

/** `type` became `parking_type`, which says nothing where the kind of place is not known. */
const locationType: Step = {
  keepsShape: false,
  declares: [
    ...declareSetAside('parking_type'),
    ...declareCleared('type'),
    { direction: 'up', pointer: '/type', reason: unknownType },
    { direction: 'down', pointer: '/parking_type', reason: otherType },
  ],
  up(location, at, crossing) {
    const own = setAsideFields(location, ['parking_type'], at, crossing)
    if (!NO_KIND.includes(own.type)) return withRenamed(own, 'type', 'parking_type')
    note(crossing, at, 'type', { reason: unknownType, severity: 'lost' })
    const rest = withoutField(own, 'type')
    return crossing.form === 'patch' ? withField(rest, 'parking_type', null) : rest
  },
  down: (location, at, crossing) => lowerType(clearNames(location, ['type'], at, crossing), at, crossing),
}

/** The time zone became required (locations.md 4.1). */
const timeZone: Step = {
  keepsShape: false,
  declares: [
    { direction: 'up', pointer: '/time_zone', reason: assumedZone },
    { direction: 'up', pointer: '/time_zone', reason: zoneStays },
  ],
  up(location, at, crossing) {
    const stated = holds(location, 'time_zone') && location.time_zone !== null
    if (stated || (crossing.form === 'patch' && !holds(location, 'time_zone'))) return location
    if (crossing.form === 'patch') {
      note(crossing, at, 'time_zone', { reason: zoneStays, severity: 'lost' })
      return withoutField(location, 'time_zone')
    }
    note(crossing, at, 'time_zone', { reason: assumedZone, severity: 'added' })
    return withField(location, 'time_zone', derivedTimeZone(location))
  },
  down: (location) => location,
}

const placeSteps: readonly Step[] = [
  wholeSeconds(Location),
  owner,
  newerOnly('publish_allowed_to'),
  locationType,
  shortened('address', 45),
  requiredBelow('postal_code', '-'),
  newerOnly('state'),
  timeZone,
  inField('coordinates', geo),
  inEach('related_locations', geo),
  inEach('evses', lens(...evseSteps), { upserted: true }),
  knownIn('facilities', Facility.values),
  inField('opening_times', lens(twentyfourseven)),
  inField('energy_mix', energyMix),
]

/** The location inside a session or CDR: the driver was there, whether it is published or not. */
export const place = lens(...placeSteps)

/** Location: owner, publication and state are new, the kind of place and what is required changed (locations.md 4.1). */
export const location = lens(...placeSteps, publish)
