import type { Language } from '@interwatt/pricing'
import type { FastifyInstance } from 'fastify'
import { unwrap } from '../../operator/problem.js'
import { listOf } from '../../operator/wire-schemas.js'
import { driverOf } from '../admission.js'
import {
  type ById,
  byId,
  reservationBody,
  reservationCostSchema,
  reservationQuery,
  reservationSchema,
  type WireStart,
} from '../charge-schemas.js'
import type { Charging } from '../charging.js'
import { type InLanguage, langQuery, languageFor } from '../language.js'
import { placeIn } from './charges.js'

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>>) => ({
  schema: { operationId, tags: ['Reservations'], summary, querystring: langQuery, ...extra },
})

/** Reservations of who is signed in. */
export const reservationRoutes = (scope: FastifyInstance, { reservations }: Charging): void => {
  scope.get<InLanguage>(
    '/reservations',
    schema('listReservations', 'Reservations of the driver, the newest first', {
      response: { 200: listOf(reservationSchema) },
    }),
    async (request) => ({
      items: await reservations.list(driverOf(request), languageFor(request, request.query.lang)),
    }),
  )
  scope.get<{ Querystring: Omit<WireStart, 'goal' | 'quote'> & { minutes: number; lang?: Language } }>(
    '/reservations/cost',
    schema('getReservationCost', 'What it costs to have a plug kept free, on top of charging there', {
      querystring: reservationQuery,
      response: { 200: reservationCostSchema },
    }),
    async (request) => {
      driverOf(request)
      const { query } = request
      return {
        cost: await reservations.cost(placeIn(query), query.minutes, languageFor(request, query.lang)),
      }
    },
  )
  scope.get<ById>(
    '/reservations/:id',
    schema('getReservation', 'A reservation', { params: byId, response: { 200: reservationSchema } }),
    async (request) =>
      unwrap(
        await reservations.get(
          driverOf(request),
          request.params.id,
          languageFor(request, request.query.lang),
        ),
      ),
  )
  scope.post<InLanguage & { Body: WireStart & { readonly minutes: number } }>(
    '/reservations',
    schema('reserve', 'Have a plug kept free; a driver holds one at a time', {
      body: reservationBody,
      response: { 201: reservationSchema },
    }),
    async (request, reply) => {
      const { body, query } = request
      const language = languageFor(request, query.lang)
      const added = await reservations.add(driverOf(request), placeIn(body), body.minutes, language)
      return reply.code(201).send(unwrap(added))
    },
  )
  scope.delete<ById>(
    '/reservations/:id',
    schema('cancelReservation', 'Give a plug free again; the answer says whether the operator did', {
      params: byId,
      response: { 200: reservationSchema },
    }),
    async (request) =>
      unwrap(
        await reservations.cancel(
          driverOf(request),
          request.params.id,
          languageFor(request, request.query.lang),
        ),
      ),
  )
}
