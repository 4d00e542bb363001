import type { ReviewState } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import type { CdrCheckService } from '../../cdr-checks/port.js'
import { viewCheck } from '../cdr-check-views.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { type LanguageQuery, languageQuery } from '../price-schemas.js'
import { unwrap } from '../problem.js'
import { line, object, objectParams } from '../wire-schemas.js'

interface OneCdr {
  Params: ObjectAddress
}

interface Review extends OneCdr {
  Body: { readonly state: ReviewState; readonly note?: string | null }
}

/** States of a CDR, as queries and reviews name them. */
export const REVIEW_STATES: readonly ReviewState[] = ['open', 'accepted', 'held', 'disputed']

const reviewBody = object(
  {
    state: { type: 'string', enum: [...REVIEW_STATES], description: '`open` takes a decision back' },
    note: { ...line(1_000, 'Why, for people'), type: ['string', 'null'] },
  },
  ['state'],
)

/** What checks of CDRs found, and what is decided about it. */
export const cdrCheckRoutes = (scope: FastifyInstance, checks: CdrCheckService): void => {
  const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
    schema: { operationId, tags: ['CDRs'], summary, params: objectParams('id'), ...extra },
  })
  const address = '/cdrs/:country_code/:party_id/:id'
  scope.get<OneCdr & { Querystring: LanguageQuery }>(
    `${address}/check`,
    schema('getCdrCheck', 'What the CDR should be, line by line, and what is wrong with it', {
      querystring: languageQuery,
    }),
    async ({ params, query }) =>
      viewCheck(unwrap(await checks.get(objectKeyOf('cdr', params))), query.language),
  )
  scope.post<OneCdr>(
    `${address}/check`,
    schema('checkCdr', 'Check the CDR again, by what is stored and agreed now'),
    async ({ params }) => viewCheck(unwrap(await checks.check(objectKeyOf('cdr', params)))),
  )
  scope.put<Review>(
    `${address}/review`,
    schema('reviewCdr', 'Decide about the CDR: accept it, hold it, dispute it', { body: reviewBody }),
    async ({ params, body, operatorId }) => {
      const decision = { state: body.state, note: body.note ?? null, by: operatorId }
      return viewCheck(unwrap(await checks.review(objectKeyOf('cdr', params), decision)))
    },
  )
}
