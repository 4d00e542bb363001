import type { Language } from '@interwatt/pricing'
import { partyOf } from '@interwatt/protocol'
import type { ChargeMeans, Document } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import type { ChosenPlace } from '../../drivers/charges/start-charge.js'
import { ProblemError, problem, unwrap } from '../../operator/problem.js'
import { cursor, listOf, object } from '../../operator/wire-schemas.js'
import { driverOf } from '../admission.js'
import {
  type ById,
  byId,
  chargeSchema,
  preferencesBody,
  startBody,
  startHeaders,
  type WirePreferences,
  type WireStart,
} from '../charge-schemas.js'
import type { Charging } from '../charging.js'
import { type InLanguage, lang, langQuery, languageFor } from '../language.js'

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Charges'], summary, querystring: langQuery, ...extra },
})

/** The place that a body names. */
export const placeIn = (body: Omit<WireStart, 'goal' | 'quote'>): ChosenPlace => ({
  party: partyOf(body.country_code, body.party_id),
  locationId: body.location_id,
  evseUid: body.evse_uid,
  connectorId: body.connector_id,
})

const goalIn = ({ goal = {} }: WireStart): Document => {
  const { from_percent: from, to_percent: to } = goal
  if (from !== undefined && to !== undefined && to <= from)
    throw new ProblemError(problem(400, 'to_percent lies above from_percent.'))
  return { ...goal }
}

const CURSOR = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

const cursorOf = ({ seq, id }: { readonly seq: number; readonly id: string }): string => `${seq}.${id}`

const placeAfter = (text: string | undefined) => {
  if (text === undefined) return {}
  const [, seq, id] = CURSOR.exec(text) ?? []
  if (seq === undefined || id === undefined)
    throw new ProblemError(problem(400, 'cursor is none of an earlier answer.'))
  return { before: { seq: Number(seq), id } }
}

const reading = (scope: FastifyInstance, { charges }: Charging): void => {
  scope.get<{
    Querystring: { lang?: Language; cursor?: string; means?: ChargeMeans; limit?: number }
  }>(
    '/charges',
    schema('listCharges', 'Charges of the driver, by app and by card, the newest first', {
      querystring: object({
        lang,
        cursor,
        means: { type: 'string', enum: ['app', 'card'] },
        limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      }),
      response: {
        200: object({ items: { type: 'array', items: chargeSchema }, next: { type: ['string', 'null'] } }),
      },
    }),
    async (request) => {
      const { lang: asked, cursor: after, means, limit = 20 } = request.query
      const page = await charges.list(
        driverOf(request),
        { ...placeAfter(after), ...(means === undefined ? {} : { means }), limit },
        languageFor(request, asked),
      )
      return { items: page.charges, next: page.last === undefined ? null : cursorOf(page.last) }
    },
  )
  scope.get<InLanguage>(
    '/charges/current',
    schema('listCurrentCharges', 'Charges that are not over, the newest first', {
      response: { 200: listOf(chargeSchema) },
    }),
    async (request) => ({
      items: await charges.current(driverOf(request), languageFor(request, request.query.lang)),
    }),
  )
  scope.get<ById>(
    '/charges/:id',
    schema('getCharge', 'A charge: where it stands and why, energy, power, time and cost so far', {
      params: byId,
      response: { 200: chargeSchema },
    }),
    async (request) =>
      unwrap(
        await charges.get(driverOf(request), request.params.id, languageFor(request, request.query.lang)),
      ),
  )
}

const writing = (scope: FastifyInstance, { charges }: Charging): void => {
  scope.post<InLanguage & { Body: WireStart; Headers: { 'idempotency-key'?: string } }>(
    '/charges',
    schema('startCharge', "Start charging: 201 with the operator's answer, or without it after a moment", {
      headers: startHeaders,
      body: startBody,
      response: { 200: chargeSchema, 201: chargeSchema },
    }),
    async (request, reply) => {
      const { body, headers } = request
      const wish = {
        place: placeIn(body),
        requestKey: headers['idempotency-key'] ?? body.request_id ?? null,
        vehicleId: body.vehicle_id ?? null,
        goal: goalIn(body),
        quote: body.quote === undefined ? null : { ...body.quote },
      }
      const language = languageFor(request, request.query.lang)
      const { charge, isNew } = unwrap(await charges.start(driverOf(request), wish, language))
      return reply.code(isNew ? 201 : 200).send(charge)
    },
  )
  scope.post<ById>(
    '/charges/:id/stop',
    schema('stopCharge', 'Ask the operator to stop', { params: byId, response: { 200: chargeSchema } }),
    async (request) =>
      unwrap(
        await charges.stop(driverOf(request), request.params.id, languageFor(request, request.query.lang)),
      ),
  )
  scope.put<ById & { Body: WirePreferences }>(
    '/charges/:id/preferences',
    schema('preferCharge', 'Tell the operator how to charge; the answer has what it says', {
      params: byId,
      body: preferencesBody,
      response: { 200: chargeSchema },
    }),
    async (request) => {
      const { profile_type, departure_time, energy_need_kwh, discharge_allowed } = request.body
      const wanted = {
        profileType: profile_type,
        departureTime: departure_time ?? null,
        energyNeedKwh: energy_need_kwh ?? null,
        dischargeAllowed: discharge_allowed ?? null,
      }
      const language = languageFor(request, request.query.lang)
      return unwrap(await charges.prefer(driverOf(request), request.params.id, wanted, language))
    },
  )
}

/** Charges of who is signed in. */
export const chargeRoutes = (scope: FastifyInstance, charging: Charging): void => {
  reading(scope, charging)
  writing(scope, charging)
}
