import { partyOf } from '@interwatt/protocol'
import type { FastifyInstance } from 'fastify'
import type { StationService } from '../../drivers/stations/station-service.js'
import { line, object, partyParams } from '../../operator/wire-schemas.js'
import type { DriverApiDeps } from '../deps.js'
import { lang, languageFor } from '../language.js'
import { quotesSchema } from '../station-schemas.js'
import { type WireWish, wishFields, wishFor } from '../wish.js'
import { keptFor } from './stations.js'

interface WireConnector {
  readonly country_code: string
  readonly party_id: string
  readonly location_id: string
  readonly evse_uid: string
  readonly connector_id: string
}

const MOST_CONNECTORS = 50

const connectorFields = {
  ...partyParams,
  location_id: line(255),
  evse_uid: line(255),
  connector_id: line(255),
}

const body = object(
  {
    connectors: {
      type: 'array',
      items: object(connectorFields, Object.keys(connectorFields)),
      minItems: 1,
      maxItems: MOST_CONNECTORS,
    },
    wish: object(wishFields),
  },
  ['connectors'],
)

/** What a charge would cost, here or there. */
export const driverQuoteRoutes = (
  scope: FastifyInstance,
  { core }: DriverApiDeps,
  stations: StationService,
): void => {
  scope.post<{
    Body: { connectors: readonly WireConnector[]; wish?: WireWish }
    Querystring: { lang?: WireWish['lang'] }
  }>(
    '/quotes',
    {
      config: { public: true },
      schema: {
        operationId: 'quoteConnectors',
        tags: ['Stations'],
        summary:
          'What the same wish costs at several connectors, cheapest first, line by line; with a range for up to ten',
        body,
        querystring: object({ lang }),
        response: { 200: quotesSchema },
      },
    },
    async (request, reply) => {
      const { connectors, wish: wire = {} } = request.body
      const language = languageFor(request, wire.lang ?? request.query.lang)
      const wish = await wishFor(request, wire, { drivers: core.stores.drivers, now: core.now })
      const wanted = connectors.map(({ country_code, party_id, location_id, evse_uid, connector_id }) => ({
        owner: partyOf(country_code, party_id),
        location: location_id,
        evse: evse_uid,
        connector: connector_id,
      }))
      return keptFor(request, reply).send({ items: await stations.quotes(wanted, { wish, language }) })
    },
  )
}
