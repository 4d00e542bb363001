import { flag, listOf, number, optional, type Read, shape, text } from './reading.js'
import { ask } from './request.js'

const problem = shape({
  number,
  partner_id: text,
  partner_name: text,
  rule: text,
  word: text,
  severity: text,
  reason: text,
  remedy: text,
  since: text,
  ended_at: optional(text),
  note: optional(text),
  trace: shape({ api: text, page: text }),
})
/** Something that is wrong with a partner, or was. */
export type Problem = Read<typeof problem>
const problems = shape({ watched: flag, items: listOf(problem), ended: listOf(problem) })
/** What is wrong now, and what ended within a day. */
export type Problems = Read<typeof problems>
export const getProblems = (): Promise<Problems> => ask('/problems', problems)

const line = shape({
  partner_id: text,
  direction: text,
  exchanges: number,
  errors: number,
  p95_ms: optional(number),
})
const traffic = shape({ minutes: number, items: listOf(line) })
/** What passed between this node and its partners in the last minutes. */
export type PartnerTraffic = Read<typeof traffic>
export const getPartnerTraffic = (): Promise<PartnerTraffic> => ask('/traffic/partners', traffic)
