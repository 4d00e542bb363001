import type { FastifyInstance } from 'fastify'
import { StationService } from '../drivers/stations/station-service.js'
import type { DriverApiDeps } from './deps.js'
import { driverQuoteRoutes } from './routes/quotes.js'
import { stationListRoutes } from './routes/station-lists.js'
import { stationRoutes } from './routes/stations.js'

/** Everything about stations; public. */
export const everyStationRoute = (scope: FastifyInstance, deps: DriverApiDeps): void => {
  const { stores, directory, hearing, askAway, now } = deps.core
  const stations = new StationService({
    objects: stores.objects,
    sync: stores.sync,
    history: stores.tariffHistory,
    lookup: stores.lookup,
    directory,
    hearing,
    askAway,
    now,
    index: deps.core.stations,
  })
  stationListRoutes(scope, deps, stations)
  stationRoutes(scope, deps, stations)
  driverQuoteRoutes(scope, deps, stations)
}
