import type { Queryable } from '../database/index.js'
import type { FindingStore, PartnerFinding } from '../ports/index.js'
import { selectFindings } from '../sql/findings/select-findings.js'
import { upsertFindings } from '../sql/findings/upsert-findings.js'

const columns = [
  'partnerId',
  'operation',
  'pointer',
  'code',
  'rule',
  'severity',
  'message',
  'count',
  'firstAt',
  'lastAt',
  'example',
] as const satisfies readonly (keyof PartnerFinding)[]

/** Deviations of partners in PostgreSQL. */
export const createFindingStore = (database: Queryable): FindingStore => ({
  async add(findings) {
    if (findings.length === 0) return
    await database.query(
      upsertFindings,
      columns.map((column) => findings.map((finding) => finding[column])),
    )
  },
  list: async (partnerId, limit) =>
    (await database.query<PartnerFinding>(selectFindings, [partnerId, limit])).rows,
})
