import { formatPower } from '../../texts/format.js'
import { type KeyOf, language, textsOf } from '../../texts/say.js'

const say = textsOf('stations')

const PLUGS = {
  type2: 'Type 2',
  ccs: 'CCS',
  chademo: 'CHAdeMO',
  schuko: 'Schuko',
  tesla: 'Tesla',
  type1: 'Type 1',
  ccs1: 'CCS 1',
  nacs: 'NACS',
  type3: 'Type 3',
  cee: 'CEE',
  gbt_ac: 'GB/T AC',
  gbt_dc: 'GB/T DC',
  chaoji: 'ChaoJi',
  mcs: 'MCS',
  nema: 'NEMA',
  domestic: 'plug_domestic',
  pantograph: 'plug_pantograph',
  other: 'plug_other',
} as const

const isPlug = (plug: string): plug is keyof typeof PLUGS => Object.hasOwn(PLUGS, plug)

/** What drivers call a plug. */
export const plugName = (plug: string): string => {
  const name = isPlug(plug) ? PLUGS[plug] : 'plug_other'
  switch (name) {
    case 'plug_domestic':
    case 'plug_pantograph':
    case 'plug_other':
      return say(name)
    case 'Type 1':
    case 'Type 2':
    case 'Type 3':
      return say('plug_type', { number: name.slice(-1) })
    default:
      return name
  }
}

/** A plug with its power, such as `CCS · 150 kW`. */
export const plugWords = ({
  plug,
  max_kw,
}: {
  readonly plug: string
  readonly max_kw: string | null
}): string =>
  max_kw === null ? plugName(plug) : `${plugName(plug)} · ${formatPower(max_kw).replace(' ', '\u00a0')}`

const STEPS = [
  ['second', 1],
  ['minute', 60],
  ['hour', 3_600],
  ['day', 86_400],
] as const

/** How long ago something was, to the second while it is fresh: `40 seconds ago`. */
export const exactAgo = (ageMs: number): string => {
  const seconds = Math.max(0, Math.round(ageMs / 1_000))
  const [unit, length] = STEPS.findLast(([, least]) => seconds >= least) ?? STEPS[0]
  return new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(
    -Math.floor(seconds / length),
    unit,
  )
}

/** The name of a weekday; 1 is Monday. */
export const weekdayName = (weekday: number): string =>
  // NOTE: 1 January 2024 was a Monday.
  new Intl.DateTimeFormat(language(), { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, weekday))

/** Whether a text in capital letters of OCPI has words here, under the key of a prefix and its small letters. */
const known = <Key extends KeyOf<'stations'>>(keys: readonly Key[], prefix: string, value: string) =>
  keys.find((key) => key === `${prefix}_${value.toLowerCase()}`)

const FACILITIES = [
  'facility_hotel',
  'facility_restaurant',
  'facility_cafe',
  'facility_mall',
  'facility_supermarket',
  'facility_sport',
  'facility_recreation_area',
  'facility_nature',
  'facility_museum',
  'facility_bike_sharing',
  'facility_bus_stop',
  'facility_taxi_stand',
  'facility_tram_stop',
  'facility_metro_station',
  'facility_train_station',
  'facility_airport',
  'facility_parking_lot',
  'facility_carpool_parking',
  'facility_fuel_station',
  'facility_wifi',
] as const satisfies readonly KeyOf<'stations'>[]

const RESTRICTIONS = [
  'restriction_ev_only',
  'restriction_plugged',
  'restriction_disabled',
  'restriction_customers',
  'restriction_employees',
  'restriction_motorcycles',
  'restriction_taxis',
  'restriction_tenants',
] as const satisfies readonly KeyOf<'stations'>[]

const PARKINGS = [
  'parking_along_motorway',
  'parking_parking_garage',
  'parking_parking_lot',
  'parking_on_driveway',
  'parking_on_street',
  'parking_underground_garage',
] as const satisfies readonly KeyOf<'stations'>[]

const SOURCES = [
  'source_nuclear',
  'source_general_fossil',
  'source_coal',
  'source_gas',
  'source_general_green',
  'source_solar',
  'source_wind',
  'source_water',
] as const satisfies readonly KeyOf<'stations'>[]

const KEYS = {
  facility: FACILITIES,
  restriction: RESTRICTIONS,
  parking: PARKINGS,
  source: SOURCES,
} as const

/** Words for a value of OCPI; the value as people read it where there are none. */
export const valueWords = (kind: keyof typeof KEYS, value: string): string => {
  const key = known<(typeof KEYS)[typeof kind][number]>(KEYS[kind], kind, value)
  return key === undefined ? value.toLowerCase().replaceAll('_', ' ') : say(key)
}
