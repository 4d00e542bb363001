import { connectorsOf, type Station } from './load-stations.js'
import type { PlacedConnector } from './offer-book.js'

/** A connector of a station that is loaded. */
export interface StationConnector extends PlacedConnector {
  readonly station: Station
}

/** All connectors of a station. */
export const allConnectors = (station: Station): readonly StationConnector[] =>
  station.evses.flatMap((evse) =>
    connectorsOf(evse).map((connector) => ({ station, location: station.location, evse, connector })),
  )
