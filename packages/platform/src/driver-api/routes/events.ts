import type { Language } from '@interwatt/pricing'
import { locationKey } from '@interwatt/store'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { FrameStream } from '../../operator/frame-stream.js'
import { resumePoint, trackStreams } from '../../operator/open-streams.js'
import { ProblemError, problem } from '../../operator/problem.js'
import { type Area, readBox, type StationIndexService } from '../../stations/index.js'
import type { Charging } from '../charging.js'
import type { DriverApiDeps } from '../deps.js'
import type { DriverSignIns } from '../driver-sign-ins.js'
import { DriverNews } from '../events/driver-news.js'
import { DriverStream, type WatchedStation } from '../events/driver-stream.js'
import { lang, languageFor } from '../language.js'
import { networkOf } from '../limits.js'

interface EventQuery {
  readonly lang?: Language
  readonly station?: string | readonly string[]
  readonly west?: number
  readonly south?: number
  readonly east?: number
  readonly north?: number
}

const MOST_STATIONS = 20
const STATION = /^([A-Za-z]{2})[*/]([A-Za-z0-9]{3})[*/](.{1,36})$/

const stationText = { type: 'string', maxLength: 60 } as const
const degrees = { type: 'number' } as const

const query = {
  type: 'object',
  additionalProperties: false,
  properties: {
    lang,
    station: {
      anyOf: [stationText, { type: 'array', items: stationText, maxItems: MOST_STATIONS }],
      description: 'A station to be told of, as DE/CPO/LOC1; repeatable',
    },
    ...{ west: degrees, south: degrees, east: degrees, north: degrees },
  },
} as const

const schema = {
  operationId: 'streamDriverEvents',
  tags: ['Events'],
  summary:
    'Server-sent events: `charge` and `reservation` of who is signed in, `station` and `map` of what is watched',
  description:
    'A stream begins with the charges that run, and after a break with what changed meanwhile (Last-Event-ID). `charge` and `reservation` carry the whole object; `station` and `map` say that something there changed, at most once a second.',
  querystring: query,
  produces: ['text/event-stream'],
}

const wrong = (detail: string): ProblemError => new ProblemError(problem(400, detail))

/** A box around a place, for a station that has one. */
const AROUND = 0.000_01

const watchedStations = (
  { station = [] }: EventQuery,
  index: StationIndexService,
): readonly WatchedStation[] => {
  const texts = typeof station === 'string' ? [station] : station
  return texts.flatMap((text) => {
    const [, country_code, party_id, id] = STATION.exec(text) ?? []
    if (country_code === undefined || party_id === undefined || id === undefined)
      throw wrong('station names a station as DE/CPO/LOC1.')
    const key = locationKey({ countryCode: country_code, partyId: party_id }, id)
    const point = index.get(`${key.countryCode}/${key.partyId}/${key.id}`, { published: true })
    if (point === undefined) return []
    const { latitude, longitude } = point
    const read = readBox({
      ...{ west: longitude - AROUND, east: longitude + AROUND },
      ...{ south: latitude - AROUND, north: latitude + AROUND },
    })
    return read.kind === 'area' ? [{ country_code, party_id, id, area: read.area }] : []
  })
}

const watchedArea = ({ west, south, east, north }: EventQuery): Area | undefined => {
  const given = [west, south, east, north].filter((one) => one !== undefined)
  if (given.length === 0) return undefined
  if (west === undefined || south === undefined || east === undefined || north === undefined)
    throw wrong('A part of the map has west, south, east and north.')
  const read = readBox({ west, south, east, north })
  if (read.kind === 'wrong') throw wrong(read.why)
  return read.area
}

/** Streams of one driver: a few devices with a few pages each, and those that broke off unnoticed. */
const MOST_OF_DRIVER = 20
/** Streams without a sign-in from one network, which many may share. */
const MOST_OF_NETWORK = 100

/** Everybody is the driver of a demonstration, who is counted by network as strangers are. */
const readerOfStream = ({ driver, ip }: Pick<FastifyRequest, 'driver' | 'ip'>) =>
  driver === null || driver.isDemo
    ? { name: `network ${networkOf(ip)}`, most: MOST_OF_NETWORK }
    : { name: `driver ${driver.id}`, most: MOST_OF_DRIVER }

/** The event stream of drivers; without a sign-in it tells of stations and maps only. */
export const driverEventRoutes = (
  scope: FastifyInstance,
  { core }: DriverApiDeps,
  { charging, signIns }: { readonly charging: Charging; readonly signIns: DriverSignIns },
): void => {
  const { stores, metrics, now, logError, stations } = core
  const { events, objects, driverCharges: charges } = stores
  const news = new DriverNews({ events, objects, logError })
  scope.addHook('onClose', () => news[Symbol.asyncDispose]())
  const streams = trackStreams(scope, metrics, {
    isAdmitted: async ({ driver, headers }) =>
      driver === null || (await signIns.find(headers.cookie))?.id === driver.id,
    recheckMs: undefined,
    readerOf: readerOfStream,
  })
  const deps = { news, charging, charges, objects, stations, now }
  // NOTE: a HEAD would open a stream that nobody reads.
  scope.get<{ Querystring: EventQuery }>(
    '/events',
    { config: { public: true }, schema, exposeHeadRoute: false },
    async (request, reply) => {
      const resumeAfter = resumePoint(request, undefined)
      const area = watchedArea(request.query)
      const watched = {
        driver: request.driver,
        language: languageFor(request, request.query.lang),
        stations: watchedStations(request.query, stations),
        ...{ area, resumeAfter },
      }
      const after = resumeAfter ?? (await objects.currentSeq())
      const source = new DriverStream(deps, watched)
      await streams
        .serve(reply, after, (response) => new FrameStream(source, response))
        .finally(() => source.close())
    },
  )
}
