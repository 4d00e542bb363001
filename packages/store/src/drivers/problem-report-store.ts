import { jsonOrNull, type Queryable } from '../database/index.js'
import type { ProblemReportStore, ReportOfDriver } from '../ports/index.js'
import { insertProblemReport } from '../sql/drivers/insert-problem-report.js'
import { selectProblemReport } from '../sql/drivers/select-problem-report.js'
import { selectProblemReports } from '../sql/drivers/select-problem-reports.js'
import { updateProblemReport } from '../sql/drivers/update-problem-report.js'

/** Problem reports in PostgreSQL. `add` throws when the driver is not known. Ids are UUIDs. */
export const createProblemReportStore = (database: Queryable): ProblemReportStore => ({
  async add({ id, driverId, kind, state, text, place, chargeId, createdAt, updatedAt }) {
    await database.query(insertProblemReport, [
      ...[id, driverId, kind, state, text, jsonOrNull(place), chargeId, createdAt, updatedAt],
    ])
  },
  get: async (id) => (await database.query<ReportOfDriver>(selectProblemReport, [id])).rows[0],
  async list({ state, driverId, after, limit }) {
    const params = [state ?? null, driverId ?? null, after ?? null, limit]
    return (await database.query<ReportOfDriver>(selectProblemReports, params)).rows
  },
  async update(id, { state, answer, answeredAt, answeredBy, updatedAt }) {
    const params = [id, state, answer, answeredAt, answeredBy, updatedAt]
    return (await database.query<ReportOfDriver>(updateProblemReport, params)).rows[0]
  },
})
