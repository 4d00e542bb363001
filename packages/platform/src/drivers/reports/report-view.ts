import type { ProblemReport, ReportOfDriver } from '@interwatt/store'
import { object } from '../../operator/wire-schemas.js'
import { reportKinds } from './report-kinds.js'

const text = { type: 'string' } as const
const textOrNull = { type: ['string', 'null'] } as const

/** States of a report. */
export const reportStates = ['open', 'answered', 'closed'] as const

const shown = {
  id: text,
  kind: { type: 'string', enum: reportKinds },
  state: { type: 'string', enum: reportStates },
  text,
  station: {
    ...object({ country_code: text, party_id: text, location_id: text }),
    type: ['object', 'null'],
  },
  evse_uid: textOrNull,
  charge_id: textOrNull,
  answer: textOrNull,
  answered_at: textOrNull,
  created_at: text,
  updated_at: text,
} as const

/** A report as its driver sees it. */
export const reportSchema = object(shown)

/** A report as operators see it. */
export const reportOfDriverSchema = object({
  ...shown,
  answered_by: { ...textOrNull, description: 'Id of the operator key' },
  driver: object({ id: text, name: text, email: textOrNull, contract_id: text, language: text }),
})

/** A report as its driver sees it. */
export const viewReport = (report: ProblemReport) => {
  const { id, kind, state, text: words, place, chargeId, answer, answeredAt, createdAt, updatedAt } = report
  return {
    ...{ id, kind, state, text: words },
    station:
      place === null
        ? null
        : { country_code: place.countryCode, party_id: place.partyId, location_id: place.locationId },
    evse_uid: place?.evseUid ?? null,
    charge_id: chargeId,
    answer,
    answered_at: answeredAt,
    created_at: createdAt,
    updated_at: updatedAt,
  }
}

/** A report as operators see it. */
export const viewReportOfDriver = (report: ReportOfDriver) => {
  const { id, name, email, contractId, language } = report.driver
  return {
    ...viewReport(report),
    answered_by: report.answeredBy,
    driver: { id, name, email, contract_id: contractId, language },
  }
}
