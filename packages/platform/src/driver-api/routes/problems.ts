import type { FastifyInstance } from 'fastify'
import { type ReportKind, reportKinds } from '../../drivers/reports/report-kinds.js'
import type { ReportService } from '../../drivers/reports/report-service.js'
import { reportSchema, viewReport } from '../../drivers/reports/report-view.js'
import { ProblemError, problem, unwrap } from '../../operator/problem.js'
import { line, listOf, object, paragraphs, partyParams } from '../../operator/wire-schemas.js'
import { driverOf } from '../admission.js'
import type { DriverLimits } from '../limits.js'

interface WireReport {
  readonly kind: ReportKind
  readonly text: string
  readonly station?: {
    readonly country_code: string
    readonly party_id: string
    readonly location_id: string
  } | null
  readonly evse_uid?: string | null
  readonly charge_id?: string | null
}

/** Reports of one driver that are shown. */
const SHOWN = 200

const station = object({ ...partyParams, location_id: line(255) }, [
  'country_code',
  'party_id',
  'location_id',
])

const body = object(
  {
    kind: { type: 'string', enum: reportKinds },
    text: paragraphs(1000),
    station: { ...station, type: ['object', 'null'] },
    evse_uid: { ...line(255, 'With `station`'), type: ['string', 'null'] },
    charge_id: {
      ...{ type: ['string', 'null'], format: 'uuid', maxLength: 36 },
      description: 'One of the own charges',
    },
  },
  ['kind', 'text'],
)

const placeOf = ({ station: at, evse_uid: evseUid }: WireReport) => {
  if (at !== undefined && at !== null)
    return {
      ...{ countryCode: at.country_code.toUpperCase(), partyId: at.party_id.toUpperCase() },
      ...{ locationId: at.location_id, evseUid: evseUid ?? null },
    }
  if (typeof evseUid === 'string') throw new ProblemError(problem(400, 'evse_uid goes with station.'))
  return null
}

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Problems'], summary, ...extra },
})

/** Problem reports of who is signed in, with the answers. */
export const problemRoutes = (scope: FastifyInstance, reports: ReportService, limits: DriverLimits): void => {
  scope.get(
    '/problems',
    schema('listProblems', 'Own problem reports with their answers, the newest first', {
      response: { 200: listOf(reportSchema) },
    }),
    async (request) => ({
      items: (await reports.list({ driverId: driverOf(request).id, limit: SHOWN })).map(viewReport),
    }),
  )
  scope.post<{ Body: WireReport }>(
    '/problems',
    schema('reportProblem', 'Report a problem, with a place or a charge or neither', {
      body,
      response: { 201: reportSchema },
    }),
    async (request, reply) => {
      const driver = driverOf(request)
      limits.report(driver.id)
      const { kind, text, charge_id } = request.body
      const report = { kind, text, place: placeOf(request.body), chargeId: charge_id ?? null }
      return reply.code(201).send(viewReport(unwrap(await reports.add(driver, report))))
    },
  )
}
