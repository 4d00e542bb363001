import { partyOf } from '@interwatt/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { MOST_CODE_CHARACTERS } from '../../drivers/stations/printed-code.rules.js'
import type { StationService } from '../../drivers/stations/station-service.js'
import { stationWords } from '../../drivers/stations/words.js'
import { ProblemError, problem } from '../../operator/problem.js'
import { object, objectParams } from '../../operator/wire-schemas.js'
import type { DriverApiDeps } from '../deps.js'
import { lang, languageFor } from '../language.js'
import { codeSchema, stationSchema } from '../station-schemas.js'
import { type WireWish, wishFields, wishFor } from '../wish.js'

interface StationAddress {
  readonly country_code: string
  readonly party_id: string
  readonly id: string
}

/** Answers for one driver are kept nowhere; others may be for a moment. */
export const keptFor = ({ driver }: Pick<FastifyRequest, 'driver'>, reply: FastifyReply): FastifyReply =>
  reply.header('cache-control', driver === null ? 'no-cache' : 'no-store')

/** Details of stations, and stations by what is printed on them. */
export const stationRoutes = (
  scope: FastifyInstance,
  { core }: DriverApiDeps,
  stations: StationService,
): void => {
  const { drivers } = core.stores
  const schema = { tags: ['Stations'] }

  scope.get<{ Querystring: { code: string; lang?: WireWish['lang'] } }>(
    '/stations/by-code',
    {
      config: { public: true },
      schema: {
        ...schema,
        operationId: 'findStationByCode',
        summary:
          'The charger that a printed, typed or scanned code names: an EVSE id, an address with one in it, a number',
        querystring: object({ code: { type: 'string', maxLength: MOST_CODE_CHARACTERS }, lang }, ['code']),
        response: { 200: codeSchema },
      },
    },
    async (request, reply) => {
      const { code } = request.query
      const found = await stations.byCode(code, languageFor(request, request.query.lang))
      if (found.kind === 'found') {
        const { kind: _found, ...answer } = found
        return keptFor(request, reply).send(answer)
      }
      const status = { empty: 400, several: 409, unknown: 404 }[found.kind]
      throw new ProblemError(problem(status, found.detail, { type: `code-${found.kind}` }))
    },
  )

  scope.get<{ Params: StationAddress; Querystring: WireWish }>(
    '/stations/:country_code/:party_id/:id',
    {
      config: { public: true },
      schema: {
        ...schema,
        operationId: 'getStation',
        summary:
          'A station: statuses with their age, openings, what can be done there, and what a wish costs at each connector',
        params: objectParams('id'),
        querystring: object(wishFields),
        response: { 200: stationSchema },
      },
    },
    async (request, reply) => {
      const { params, query } = request
      const language = languageFor(request, query.lang)
      const wish = await wishFor(request, query, { drivers, now: core.now })
      const owner = partyOf(params.country_code, params.party_id)
      const station = await stations.station(owner, params.id, { wish, language })
      if (station === undefined)
        throw new ProblemError(
          problem(404, stationWords(language).stationUnknown, { type: 'station-unknown' }),
        )
      return keptFor(request, reply).send(station)
    },
  )
}
