import type { Language } from '@interwatt/pricing'
import type { Document, StoredObject } from '@interwatt/store'
import { connectorPowerKw } from '../../prices/connector-power.js'
import { timeZoneOf } from '../../prices/known-prices.js'
import { plugKindOf } from '../../stations/index.js'
import { hindranceTo, type Want, wants } from './abilities.rules.js'
import {
  flagOf,
  inLanguage,
  instantOf,
  linkOf,
  numberTextOf,
  recordsOf,
  textOf,
  textsOf,
} from './document-parts.js'
import { confirmedAtMs, type StaleReason, staleReason, staleSource } from './freshness.rules.js'
import type { Station } from './load-stations.js'
import { openingOf } from './opening.rules.js'
import { stationWords } from './words.js'

/** How a station is shown: in which language, as of when (epoch milliseconds). */
export interface StationShowing {
  readonly language: Language
  readonly nowMs: number
}

const isoOf = (epochMs: number): string => new Date(epochMs).toISOString()

const documentOf = (value: unknown): Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

/** Who runs a station, as drivers know it. */
const operatorOf = ({ document, key }: StoredObject): string =>
  textOf(documentOf(document.operator).name) ??
  textOf(documentOf(document.owner).name) ??
  `${key.countryCode}*${key.partyId}`

const staleView = (reason: StaleReason | null, operator: string, language: Language) =>
  reason === null ? null : { code: reason, text: stationWords(language).stale[reason](operator) }

/** A coordinate as a number; null for what is none. */
const degreesOf = (text: unknown): number | null => {
  const degrees = typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN
  return Number.isFinite(degrees) ? degrees : null
}

/** Identity, name and place of a station. */
export const placeView = ({ document }: Pick<StoredObject, 'key' | 'document'>) => {
  const { latitude, longitude } = documentOf(document.coordinates)
  return {
    country_code: String(document.country_code),
    party_id: String(document.party_id),
    id: String(document.id),
    name: textOf(document.name) ?? textOf(document.address) ?? String(document.id),
    address: textOf(document.address),
    postal_code: textOf(document.postal_code),
    city: textOf(document.city),
    country: textOf(document.country),
    lat: degreesOf(latitude),
    lon: degreesOf(longitude),
  }
}

const FREE = ['AVAILABLE']
const TAKEN = ['CHARGING', 'RESERVED', 'BLOCKED']
const BROKEN = ['INOPERATIVE', 'OUTOFORDER']

/** How many EVSEs there are, and what is known of them; the rest is unknown or not in service yet. */
export const countsView = (evses: readonly StoredObject[]) => {
  const count = (among: readonly string[]): number =>
    evses.filter(({ document }) => among.includes(String(document.status))).length
  return { evses: evses.length, free: count(FREE), taken: count(TAKEN), broken: count(BROKEN) }
}

/** Why everything here is stale, in words; null when it may be believed. */
export const sourceView = ({ location, source }: Station, { language, nowMs }: StationShowing) => {
  const reason = staleSource(source, nowMs)
  return {
    stale: reason !== null,
    stale_reason: staleView(reason, operatorOf(location), language),
    heard_at:
      source.partner === null
        ? isoOf(nowMs)
        : source.partner.atMs === null
          ? null
          : isoOf(source.partner.atMs),
  }
}

/** When it is open, by the clock of the place. */
export const openingView = ({ document }: StoredObject, { nowMs }: StationShowing) => {
  const timeZone = timeZoneOf(document)
  const opening = openingOf(document.opening_times, timeZone, nowMs)
  return {
    open_now: opening.openNow,
    changes_at: opening.changesAt,
    always: opening.always,
    regular: opening.regular,
    exceptional_openings: opening.exceptionalOpenings,
    exceptional_closings: opening.exceptionalClosings,
    time_zone: timeZone ?? null,
    charging_when_closed: flagOf(document.charging_when_closed),
  }
}

const imagesView = (images: unknown) =>
  recordsOf(images).flatMap(({ url, thumbnail, category }) => {
    const link = linkOf(url)
    return link === null ? [] : [{ url: link, thumbnail: linkOf(thumbnail), category: textOf(category) }]
  })

const energyMixView = (mix: unknown) => {
  const { is_green_energy, energy_sources, supplier_name, energy_product_name } = documentOf(mix)
  const green = flagOf(is_green_energy)
  if (green === null) return null
  return {
    green,
    sources: recordsOf(energy_sources).flatMap(({ source, percentage }) => {
      const [name, percent] = [textOf(source), numberTextOf(percentage)]
      return name === null || percent === null ? [] : [{ source: name, percent }]
    }),
    supplier: textOf(supplier_name),
    product: textOf(energy_product_name),
  }
}

const parkingPlaceView = (place: Document) => ({
  id: textOf(place.id),
  physical_reference: textOf(place.physical_reference),
  vehicle_types: textsOf(place.vehicle_types),
  accessible: textsOf(place.vehicle_types).includes('DISABLED'),
  restricted_to_type: flagOf(place.restricted_to_type),
  reservation_required: flagOf(place.reservation_required),
  time_limit_minutes: numberTextOf(place.time_limit),
  max_height_m: numberTextOf(place.max_vehicle_height),
  max_length_m: numberTextOf(place.max_vehicle_length),
  max_width_m: numberTextOf(place.max_vehicle_width),
  roofed: flagOf(place.roofed),
  lighting: flagOf(place.lighting),
  drive_through: flagOf(place.drive_through),
})

/** What a driver may do there with the app, and why not. */
const canView = (evse: StoredObject, station: Station, { language }: StationShowing) => {
  const { source, takesCommands } = station
  const isAway = !source.isConnected || source.isPartyAway || source.partner?.isAway === true
  const view = (want: Want) => {
    const hindrance = hindranceTo(want, { evse: evse.document, takesCommands, isAway })
    return {
      possible: hindrance === undefined,
      reason:
        hindrance === undefined
          ? null
          : { code: hindrance, text: stationWords(language).hindrance[hindrance] },
    }
  }
  return Object.fromEntries(wants.map((want) => [want, view(want)]))
}

/** An EVSE without its connectors. */
export const evseView = (evse: StoredObject, station: Station, showing: StationShowing) => {
  const { document } = evse
  const sinceMs = Date.parse(instantOf(document.last_updated) ?? evse.lastUpdated)
  const status = { status: textOf(document.status) ?? 'UNKNOWN', sinceMs }
  const reason = staleReason(station.source, status, showing.nowMs)
  const places = new Map(
    recordsOf(station.location.document.parking_places).map((place) => [
      String(place.id).toUpperCase(),
      place,
    ]),
  )
  return {
    uid: String(document.uid),
    evse_id: textOf(document.evse_id),
    physical_reference: textOf(document.physical_reference),
    floor_level: textOf(document.floor_level),
    directions: inLanguage(document.directions, showing.language),
    status: status.status,
    status_at: isoOf(confirmedAtMs(station.source, status, showing.nowMs)),
    status_since: isoOf(sinceMs),
    stale: reason !== null,
    stale_reason: staleView(reason, operatorOf(station.location), showing.language),
    capabilities: textsOf(document.capabilities),
    parking_restrictions: textsOf(document.parking_restrictions),
    parking: recordsOf(document.parking).map(({ parking_id, evse_position }) => ({
      ...parkingPlaceView({ ...places.get(String(parking_id).toUpperCase()), id: parking_id }),
      position: textOf(evse_position),
    })),
    can: canView(evse, station, showing),
  }
}

/** A connector without its price. */
export const connectorView = (connector: Document) => {
  const kw = connectorPowerKw(connector)
  return {
    id: String(connector.id),
    plug: plugKindOf(connector.standard),
    standard: textOf(connector.standard),
    format: textOf(connector.format),
    power_type: textOf(connector.power_type),
    max_kw: kw === undefined ? null : numberTextOf(kw),
    plug_and_charge: textsOf(connector.capabilities).length > 0,
    terms_url: linkOf(connector.terms_and_conditions),
  }
}

/** All that a location says to a driver, without its EVSEs. */
export const locationView = (station: Station, showing: StationShowing) => {
  const { location, evses } = station
  const { document } = location
  const operator = documentOf(document.operator)
  return {
    ...placeView(location),
    ...countsView(evses),
    ...sourceView(station, showing),
    operator: { name: operatorOf(location), website: linkOf(operator.website) },
    directions: inLanguage(document.directions, showing.language),
    opening: openingView(location, showing),
    facilities: textsOf(document.facilities),
    parking_type: textOf(document.parking_type),
    images: imagesView(document.images),
    help_phone: textOf(document.help_phone),
    energy_mix: energyMixView(document.energy_mix),
    last_updated: textOf(document.last_updated),
  }
}
