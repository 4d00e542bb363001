import type { ReportState } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import type { ReportService } from '../../drivers/reports/report-service.js'
import { reportOfDriverSchema, reportStates, viewReportOfDriver } from '../../drivers/reports/report-view.js'
import { newestFirst } from '../newest-first.js'
import { found, unwrap } from '../problem.js'
import { limit, object, paragraphs } from '../wire-schemas.js'

interface ListReports {
  Querystring: {
    readonly state?: ReportState
    readonly driver_id?: string
    readonly cursor?: string
    readonly limit?: number
  }
}
interface ById {
  Params: { readonly id: string }
}
interface Change extends ById {
  Body: { readonly state?: ReportState; readonly answer?: string | null }
}

// NOTE: the format also takes `urn:uuid:` before the id, which the database does not.
const uuid = { type: 'string', format: 'uuid', maxLength: 36 } as const
const params = object({ id: uuid }, ['id'])
const state = { type: 'string', enum: reportStates } as const
const page = object(
  { items: { type: 'array', items: reportOfDriverSchema }, next: { type: ['string', 'null'] } },
  ['items', 'next'],
)

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Problem reports'], summary, ...extra },
})

/** What drivers reported, and what they are answered. */
export const problemReportRoutes = (scope: FastifyInstance, reports: ReportService): void => {
  scope.get<ListReports>(
    '/problem-reports',
    schema('listProblemReports', 'Problem reports of drivers, the newest first', {
      querystring: object({ state, driver_id: uuid, cursor: uuid, limit }),
      response: { 200: page },
    }),
    async ({ query }) => {
      const { state: wanted, driver_id: driverId } = query
      const filter = {
        ...(wanted === undefined ? {} : { state: wanted }),
        ...(driverId === undefined ? {} : { driverId }),
      }
      return newestFirst(query, (at) => reports.list({ ...filter, ...at }), viewReportOfDriver)
    },
  )
  scope.get<ById>(
    '/problem-reports/:id',
    schema('getProblemReport', 'A problem report with its driver', {
      params,
      response: { 200: reportOfDriverSchema },
    }),
    async (request) => viewReportOfDriver(found(await reports.get(request.params.id), 'The problem report')),
  )
  scope.patch<Change>(
    '/problem-reports/:id',
    schema('answerProblemReport', 'Answer a problem report or set its state; the driver sees both', {
      params,
      body: object({
        state,
        answer: {
          ...paragraphs(2000, 'Makes the state `answered` unless it is named'),
          type: ['string', 'null'],
        },
      }),
      response: { 200: reportOfDriverSchema },
    }),
    async ({ params: { id }, body, operatorId: by }) =>
      viewReportOfDriver(unwrap(await reports.change(id, { ...body, by }))),
  )
}
