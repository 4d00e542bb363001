import type { FastifyInstance } from 'fastify'
import { type StationSort, stationSorts } from '../../drivers/stations/list-stations.js'
import type { StationService } from '../../drivers/stations/station-service.js'
import { ProblemError, problem } from '../../operator/problem.js'
import { cursor, object } from '../../operator/wire-schemas.js'
import {
  type BoxQuery,
  boxParameters,
  type FilterQuery,
  filterParameters,
  filtersOf,
  readMapQuery,
  readPlace,
} from '../../stations/index.js'
import type { DriverApiDeps } from '../deps.js'
import { languageFor } from '../language.js'
import { stationListSchema, stationMapSchema } from '../station-list-schemas.js'
import { type WireWish, wishFields, wishFor } from '../wish.js'
import { keptFor } from './stations.js'

interface PriceQuery {
  readonly max_price?: string
  readonly currency?: string
}

interface ListQuery extends FilterQuery, PriceQuery, WireWish {
  readonly lat: number
  readonly lon: number
  readonly sort?: StationSort
  readonly limit?: number
  readonly cursor?: string
}

const MOST_LISTED = 50

const priceParameters = {
  max_price: {
    type: 'string',
    pattern: '^\\d{1,4}(\\.\\d{1,4})?$',
    description: 'Dearest price of a kWh: the whole price of the wish by its energy',
  },
  currency: {
    type: 'string',
    pattern: '^[A-Z]{3}$',
    default: 'EUR',
    description: 'Of max_price; others are left out',
  },
} as const

const maxPriceOf = ({ max_price: amount, currency = 'EUR' }: PriceQuery) =>
  amount === undefined ? {} : { maxPrice: { amount, currency } }

const wrong = (detail: string): ProblemError => new ProblemError(problem(400, detail))

/** Stations near a place, and on a map. */
export const stationListRoutes = (
  scope: FastifyInstance,
  { core }: DriverApiDeps,
  stations: StationService,
): void => {
  const { drivers } = core.stores
  const wishes = { drivers, now: core.now }

  scope.get<{ Querystring: ListQuery }>(
    '/stations',
    {
      config: { public: true },
      schema: {
        operationId: 'listStations',
        tags: ['Stations'],
        summary: 'Stations near a place, with what a wish costs at the cheapest connector of each',
        description: 'Sorting by price or power, and max_price, look at the 200 nearest stations that fit.',
        querystring: object(
          {
            lat: { type: 'number', minimum: -90, maximum: 90 },
            lon: { type: 'number', minimum: -180, maximum: 180 },
            sort: { type: 'string', enum: [...stationSorts], default: 'distance' },
            limit: { type: 'integer', minimum: 1, maximum: MOST_LISTED, default: 20 },
            cursor,
            ...filterParameters,
            ...priceParameters,
            ...wishFields,
          },
          ['lat', 'lon'],
        ),
        response: { 200: stationListSchema },
      },
    },
    async (request, reply) => {
      const { query } = request
      const place = readPlace(query.lat.toFixed(7), query.lon.toFixed(7))
      if (place === undefined) throw wrong('lat and lon name no place.')
      const page = await stations.list(place, {
        filters: filtersOf(query),
        sort: query.sort ?? 'distance',
        limit: query.limit ?? 20,
        ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
        ...maxPriceOf(query),
        wish: await wishFor(request, query, wishes),
        language: languageFor(request, query.lang),
      })
      if (page === undefined) throw wrong('cursor is none of an earlier answer.')
      return keptFor(request, reply).send(page)
    },
  )

  scope.get<{ Querystring: BoxQuery & FilterQuery & PriceQuery & WireWish }>(
    '/stations/map',
    {
      config: { public: true },
      schema: {
        operationId: 'mapStations',
        tags: ['Stations'],
        summary: 'Clusters and single stations of a part of the map, at most 500 together',
        querystring: object(
          { ...boxParameters, ...filterParameters, ...priceParameters, ...wishFields },
          Object.keys(boxParameters),
        ),
        response: { 200: stationMapSchema },
      },
    },
    async (request, reply) => {
      const { query } = request
      const read = readMapQuery(query)
      if (read.kind === 'wrong') throw wrong(read.why)
      const wish = await wishFor(request, query, wishes)
      return keptFor(request, reply).send(await stations.map(read.map, { wish, ...maxPriceOf(query) }))
    },
  )
}
