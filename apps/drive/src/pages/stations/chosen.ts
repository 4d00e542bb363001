import type { ConnectorId, StationId } from '../../api/stations.js'
import { localList } from './local-list.js'

/** Connectors that are compared at once. */
export const MOST_COMPARED = 4

/** Connectors that are to be compared. */
export const compared = localList('compared', MOST_COMPARED)

const joined = (...parts: readonly string[]): string => parts.map(encodeURIComponent).join('/')

/** A station as one text. */
export const stationText = ({ country_code, party_id, id }: StationId): string =>
  joined(country_code, party_id, id)

/** A connector as one text. */
export const connectorText = (at: ConnectorId): string =>
  joined(at.country_code, at.party_id, at.id, at.evse_uid, at.connector_id)

/** The connector of a text; undefined when it is none. */
export const connectorOf = (text: string): ConnectorId | undefined => {
  try {
    const [country_code, party_id, id, evse_uid, connector_id, ...more] = text
      .split('/')
      .map(decodeURIComponent)
    if (!country_code || !party_id || !id || !evse_uid || !connector_id || more.length > 0) return undefined
    return { country_code, party_id, id, evse_uid, connector_id }
  } catch {
    return undefined
  }
}

/** The address of a station in the app. */
export const stationHref = (station: StationId): string => `/stations/${stationText(station)}`

/** The address where connectors are compared. */
export const compareHref = (items: readonly string[]): string =>
  `/stations/compare?${new URLSearchParams(items.map((item) => ['at', item])).toString()}`
