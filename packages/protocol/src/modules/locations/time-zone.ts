import { isJsonObject, type JsonObject } from '../../json/json-object.js'

/** Countries that keep one time in all of their parts that have charging stations of note, by ISO 3166-1 alpha-3. */
const ZONES: Readonly<Record<string, string>> = {
  ALB: 'Europe/Tirane',
  AND: 'Europe/Andorra',
  ARE: 'Asia/Dubai',
  ARM: 'Asia/Yerevan',
  AUT: 'Europe/Vienna',
  AZE: 'Asia/Baku',
  BEL: 'Europe/Brussels',
  BGD: 'Asia/Dhaka',
  BGR: 'Europe/Sofia',
  BHR: 'Asia/Bahrain',
  BIH: 'Europe/Sarajevo',
  BLR: 'Europe/Minsk',
  BRN: 'Asia/Brunei',
  CHE: 'Europe/Zurich',
  CHN: 'Asia/Shanghai',
  COL: 'America/Bogota',
  CRI: 'America/Costa_Rica',
  CYP: 'Asia/Nicosia',
  CZE: 'Europe/Prague',
  DEU: 'Europe/Berlin',
  DNK: 'Europe/Copenhagen',
  DOM: 'America/Santo_Domingo',
  DZA: 'Africa/Algiers',
  EGY: 'Africa/Cairo',
  EST: 'Europe/Tallinn',
  ETH: 'Africa/Addis_Ababa',
  FIN: 'Europe/Helsinki',
  FRA: 'Europe/Paris',
  GBR: 'Europe/London',
  GEO: 'Asia/Tbilisi',
  GHA: 'Africa/Accra',
  GIB: 'Europe/Gibraltar',
  GRC: 'Europe/Athens',
  GTM: 'America/Guatemala',
  HKG: 'Asia/Hong_Kong',
  HND: 'America/Tegucigalpa',
  HRV: 'Europe/Zagreb',
  HUN: 'Europe/Budapest',
  IND: 'Asia/Kolkata',
  IRL: 'Europe/Dublin',
  ISL: 'Atlantic/Reykjavik',
  ISR: 'Asia/Jerusalem',
  ITA: 'Europe/Rome',
  JAM: 'America/Jamaica',
  JOR: 'Asia/Amman',
  JPN: 'Asia/Tokyo',
  KEN: 'Africa/Nairobi',
  KHM: 'Asia/Phnom_Penh',
  KOR: 'Asia/Seoul',
  KWT: 'Asia/Kuwait',
  LAO: 'Asia/Vientiane',
  LBN: 'Asia/Beirut',
  LIE: 'Europe/Vaduz',
  LKA: 'Asia/Colombo',
  LTU: 'Europe/Vilnius',
  LUX: 'Europe/Luxembourg',
  LVA: 'Europe/Riga',
  MAR: 'Africa/Casablanca',
  MCO: 'Europe/Monaco',
  MDA: 'Europe/Chisinau',
  MKD: 'Europe/Skopje',
  MLT: 'Europe/Malta',
  MNE: 'Europe/Podgorica',
  MUS: 'Indian/Mauritius',
  MYS: 'Asia/Kuala_Lumpur',
  NGA: 'Africa/Lagos',
  NLD: 'Europe/Amsterdam',
  NOR: 'Europe/Oslo',
  NPL: 'Asia/Kathmandu',
  OMN: 'Asia/Muscat',
  PAK: 'Asia/Karachi',
  PAN: 'America/Panama',
  PER: 'America/Lima',
  PHL: 'Asia/Manila',
  POL: 'Europe/Warsaw',
  PRY: 'America/Asuncion',
  QAT: 'Asia/Qatar',
  ROU: 'Europe/Bucharest',
  SAU: 'Asia/Riyadh',
  SEN: 'Africa/Dakar',
  SGP: 'Asia/Singapore',
  SLV: 'America/El_Salvador',
  SMR: 'Europe/San_Marino',
  SRB: 'Europe/Belgrade',
  SVK: 'Europe/Bratislava',
  SVN: 'Europe/Ljubljana',
  SWE: 'Europe/Stockholm',
  THA: 'Asia/Bangkok',
  TUN: 'Africa/Tunis',
  TUR: 'Europe/Istanbul',
  TWN: 'Asia/Taipei',
  TZA: 'Africa/Dar_es_Salaam',
  UGA: 'Africa/Kampala',
  UKR: 'Europe/Kyiv',
  URY: 'America/Montevideo',
  VAT: 'Europe/Vatican',
  VNM: 'Asia/Ho_Chi_Minh',
  ZAF: 'Africa/Johannesburg',
}

/** Far from the country's capital: overseas territories that share its code have another time. */
const HOME_LONGITUDES: Readonly<Record<string, readonly [number, number]>> = { FRA: [-6, 11] }

const longitudeOf = (location: JsonObject): number => {
  const { coordinates } = location
  const text = isJsonObject(coordinates) ? coordinates.longitude : undefined
  const longitude = typeof text === 'string' ? Number(text) : Number.NaN
  return Number.isFinite(longitude) && Math.abs(longitude) <= 180 ? longitude : 0
}

/** Nautical zones are 15 degrees wide; in `Etc/GMT` the sign is the other way round. */
const nauticalZone = (longitude: number): string => {
  const hours = Math.round(longitude / 15)
  return hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
}

/**
 * The time zone of the country a location is in, where that country keeps one time; undefined where only the place itself
 * can tell. `location` is a Location or the location of a CDR (tariffs 4.1, #517).
 */
export const countryTimeZone = (location: JsonObject): string | undefined => {
  const country = typeof location.country === 'string' ? location.country.toUpperCase() : ''
  const longitude = longitudeOf(location)
  const [west, east] = HOME_LONGITUDES[country] ?? [-180, 180]
  return Object.hasOwn(ZONES, country) && longitude >= west && longitude <= east ? ZONES[country] : undefined
}

/** The time zone of a location that does not state it: of its country where that has one, else by its longitude (locations.md 4.1). */
export const derivedTimeZone = (location: JsonObject): string =>
  countryTimeZone(location) ?? nauticalZone(longitudeOf(location))
