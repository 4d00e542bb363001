import type { FastifyInstance } from 'fastify'
import {
  type BoxQuery,
  boxParameters,
  type FilterQuery,
  filterParameters,
  readMapQuery,
  type StationFilters,
  type StationIndexService,
  viewMap,
  viewPoint,
} from '../../stations/index.js'
import { partyFrom } from '../party-text.js'
import { ProblemError, problem } from '../problem.js'
import { line, object } from '../wire-schemas.js'

const whole = { type: 'integer' } as const
const text = { type: 'string' } as const
const degrees = { type: 'number' } as const

const cluster = object({
  lat: degrees,
  lon: degrees,
  stations: whole,
  evses: whole,
  free: whole,
  expand_zoom: { ...whole, description: 'The least zoom at which it falls apart' },
})

const point = object({
  country_code: text,
  party_id: text,
  id: text,
  name: { ...text, description: 'Name, else address' },
  operator: text,
  lat: degrees,
  lon: degrees,
  evses: { ...whole, description: 'EVSEs that match the filters; so are the next three' },
  free: whole,
  taken: whole,
  broken: whole,
  max_kw: { type: ['string', 'null'], description: 'Highest power of a connector' },
  status_at: { type: ['string', 'null'], description: 'When an EVSE last changed' },
  received_from: { type: ['string', 'null'], description: 'Partner it came from; null for own ones' },
})

const answer = object({
  seq: { ...whole, description: 'For `changed_after`' },
  complete: { type: 'boolean', description: 'false: the node has just started and does not know all yet' },
  unchanged: { type: 'boolean', description: 'true: nothing here changed; what follows is left out' },
  total: { ...whole, description: 'Stations in the box that match' },
  bounds: {
    ...object({ west: degrees, south: degrees, east: degrees, north: degrees }),
    type: ['object', 'null'],
    description: 'The least box around them; null when there is none',
  },
  clusters: { type: 'array', items: cluster },
  stations: { type: 'array', items: point },
  known: object({
    stations: whole,
    evses: whole,
    without_place: { ...whole, description: 'Locations without coordinates that can be used' },
  }),
})

interface MapQuery extends BoxQuery, FilterQuery {
  readonly party?: string
  readonly received_from?: string
  readonly own?: boolean
  readonly publish?: boolean
  readonly changed_after?: number
}

const querystring = object(
  {
    ...boxParameters,
    ...filterParameters,
    party: {
      type: 'string',
      pattern: '^[A-Za-z]{2}[*-]?[A-Za-z0-9]{3}$',
      description: 'Owner, such as DE*IWC',
    },
    received_from: line(100, 'Id of the partner it came from'),
    own: { type: 'boolean', description: 'true: only own locations' },
    publish: { type: 'boolean', description: 'Only published locations, or only those that are not' },
    changed_after: {
      type: 'integer',
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: '`seq` of the answer to the same query: answers `unchanged` when it still holds',
    },
  },
  ['west', 'south', 'east', 'north', 'zoom'],
)

const operatorFilters = (query: MapQuery): StationFilters => ({
  ...(query.party === undefined ? {} : { party: partyFrom(query.party) }),
  ...(query.own === true ? { receivedFrom: null } : {}),
  ...(query.received_from === undefined ? {} : { receivedFrom: query.received_from }),
  ...(query.publish === undefined ? {} : { published: query.publish }),
})

/** What a map of locations draws, from memory: clusters and single stations of a box. */
export const mapRoutes = (scope: FastifyInstance, stations: StationIndexService): void => {
  scope.get<{ Querystring: MapQuery }>(
    '/locations/map',
    {
      schema: {
        operationId: 'getMap',
        tags: ['Locations'],
        summary:
          'Clusters and stations of a part of a map, at most 500 together, with counts of EVSEs by status',
        querystring,
        response: { 200: answer },
      },
    },
    async ({ query }, reply) => {
      reply.header('cache-control', 'no-store')
      const read = readMapQuery(query)
      if (read.kind === 'wrong') throw new ProblemError(problem(400, read.why))
      const { area, zoom, filters } = read.map
      const { complete, seq } = stations.state()
      if (query.changed_after !== undefined && !stations.changedSince(query.changed_after, area))
        return { seq, complete, unchanged: true }
      const map = stations.map({ area, zoom, filters: { ...filters, ...operatorFilters(query) } })
      const { stations: known, evses, withoutPlace: without_place } = stations.state()
      return {
        unchanged: false,
        ...viewMap(map),
        stations: map.stations.map((one) => ({ ...viewPoint(one), received_from: one.receivedFrom })),
        known: { stations: known, evses, without_place },
      }
    },
  )
}
