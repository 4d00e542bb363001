import type { ocpi230, PartyId } from '@interwatt/protocol'
import { columns } from './columns.js'
import type { Place } from './coordinates.js'
import type { ChargePoint, Facility, OperationState } from './facility.js'
import type { Plug } from './plugs.js'
import type { ReportBook } from './row-report.js'
import type { Site } from './sites.js'

type Status = ocpi230.Status
type Capability = ocpi230.Capability

/** What the documents get that the register does not say. */
export interface LocationSettings {
  readonly party: PartyId
  /** `last_updated` of every object, `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly now: string
  /** Status of facilities in operation; the register knows nothing of the moment. */
  readonly statusInOperation: Status
  /** Capabilities every EVSE gets besides those the register states. */
  readonly assumedCapabilities: readonly Capability[]
  readonly tariffIds: (facility: Facility, plug: Plug) => readonly string[]
}

/** `Location.id` of the site founded by this facility. */
export const locationIdOf = (facilityId: string): string => `BNETZA-${facilityId}`

/** `EVSE.uid` of a charge point: stays the same whatever Location, plugs or EVSE id it has (LOC-098, LOC-099). */
export const evseUidOf = (facilityId: string, slot: number): string => `BNETZA-${facilityId}-${slot}`

const statusOf = (operation: OperationState, inOperation: Status): Status => {
  const statuses: Record<OperationState, Status> = {
    in_operation: inOperation,
    in_maintenance: 'INOPERATIVE',
    out_of_operation: 'OUTOFORDER',
    planned: 'PLANNED',
    unknown: 'UNKNOWN',
  }
  return statuses[operation]
}

const geoLocation = ({ latitude, longitude }: Place): ocpi230.GeoLocation => ({ latitude, longitude })
const samePlace = (a: Place, b: Place): boolean => a.latitude === b.latitude && a.longitude === b.longitude

function connectorOf(plug: Plug, facility: Facility, settings: LocationSettings): ocpi230.Connector {
  const tariffIds = settings.tariffIds(facility, plug)
  return {
    id: String(plug.position),
    standard: plug.standard,
    format: plug.format,
    power_type: plug.powerType,
    max_voltage: plug.maxVoltage,
    max_amperage: plug.maxAmperage,
    ...(plug.maxElectricPower === undefined ? {} : { max_electric_power: plug.maxElectricPower }),
    ...(tariffIds.length === 0 ? {} : { tariff_ids: [...tariffIds] }),
    last_updated: settings.now,
  }
}

interface EvseContext {
  readonly facility: Facility
  readonly site: Site
  readonly settings: LocationSettings
  /** Directions all facilities of the site share stand on the Location instead. */
  readonly sharedDirections: string | undefined
}

const directionsIn = (text: string | undefined): { directions?: ocpi230.DisplayText[] } =>
  text === undefined ? {} : { directions: [{ language: 'de', text }] }

function evseOf(point: ChargePoint, context: EvseContext): ocpi230.EVSE {
  const { facility, site, settings, sharedDirections } = context
  const capabilities = [...new Set([...facility.payments.capabilities, ...settings.assumedCapabilities])]
  const own = sharedDirections === undefined ? facility.address.directions : undefined
  return {
    uid: evseUidOf(facility.id, point.slot),
    ...(point.evseId === undefined ? {} : { evse_id: point.evseId }),
    status: statusOf(facility.operation, settings.statusInOperation),
    ...(capabilities.length === 0 ? {} : { capabilities }),
    connectors: point.plugs.map((plug) => connectorOf(plug, facility, settings)),
    ...(samePlace(site[0].place, facility.place) ? {} : { coordinates: geoLocation(facility.place) }),
    ...directionsIn(own),
    ...(facility.customersOnly ? { parking_restrictions: ['CUSTOMERS'] } : {}),
    last_updated: settings.now,
  }
}

/** The value all facilities have, or undefined when two differ. */
function agreed<T>(site: Site, pick: (facility: Facility) => T): T | undefined {
  const first = pick(site[0])
  const text = JSON.stringify(first)
  return site.every((facility) => JSON.stringify(pick(facility)) === text) ? first : undefined
}

function nameOf(site: Site, book: ReportBook): string | undefined {
  const names = new Set(site.flatMap(({ siteName }) => siteName ?? []))
  if (names.size < 2) return [...names][0]
  for (const { line, id, siteName } of site)
    book.noteFor(line, id)(
      'names_differ',
      columns.siteName,
      siteName ?? '',
      'left out: the site has several names',
    )
  return undefined
}

function openingTimesOf(site: Site, book: ReportBook): ocpi230.Hours | undefined {
  const hours = agreed(site, ({ openingTimes }) => openingTimes)
  if (hours !== undefined) return hours
  for (const { line, id, openingTimes, written } of site) {
    if (openingTimes === undefined) continue
    const done = 'left out: not all facilities of the site state the same'
    book.noteFor(line, id)('opening_times_differ', columns.opening, written.openingTimes, done)
  }
  return undefined
}

function checkPostalCodes(site: Site, book: ReportBook): void {
  const code = site[0].address.postalCode
  for (const { line, id, address } of site) {
    if (address.postalCode === code) continue
    const done = `the Location has ${code ?? 'none'}, as facility ${site[0].id}`
    book.noteFor(line, id)('postal_code_differs', columns.postalCode, address.postalCode ?? '', done)
  }
}

/** Only a note that is nothing but the word names the kind of parking. */
const parkingTypes: ReadonlyMap<string, ocpi230.ParkingType> = new Map([
  ['tiefgarage', 'UNDERGROUND_GARAGE'],
  ['parkhaus', 'PARKING_GARAGE'],
  ['parkgarage', 'PARKING_GARAGE'],
  ['parkplatz', 'PARKING_LOT'],
])

/** The Location of a site: address and coordinates of its first facility, one EVSE per charge point (LOC-126). */
export function locationOf(site: Site, settings: LocationSettings, book: ReportBook): ocpi230.Location {
  const { address, place, displayName, id } = site[0]
  const name = nameOf(site, book)
  const openingTimes = openingTimesOf(site, book)
  const sharedDirections = agreed(site, (facility) => facility.address.directions)
  const parkingType = parkingTypes.get((sharedDirections ?? '').toLowerCase())
  checkPostalCodes(site, book)
  return {
    country_code: settings.party.countryCode,
    party_id: settings.party.partyId,
    id: locationIdOf(id),
    publish: true,
    ...(name === undefined ? {} : { name }),
    address: address.line,
    city: address.city,
    ...(address.postalCode === undefined ? {} : { postal_code: address.postalCode }),
    ...(address.state === undefined ? {} : { state: address.state }),
    country: 'DEU',
    coordinates: geoLocation(place),
    ...(parkingType === undefined ? {} : { parking_type: parkingType }),
    evses: site.flatMap((facility) =>
      facility.chargePoints.map((point) => evseOf(point, { facility, site, settings, sharedDirections })),
    ),
    ...directionsIn(sharedDirections),
    ...(displayName === '' ? {} : { operator: { name: displayName } }),
    time_zone: 'Europe/Berlin',
    ...(openingTimes === undefined ? {} : { opening_times: openingTimes }),
    last_updated: settings.now,
  }
}
