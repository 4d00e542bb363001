import { textAt } from './fields.js'
import { type Doc, flag, listOf, mapOf, number, optional, type Read, shape, text } from './reading.js'
import { address, ask } from './request.js'

const span = shape({ status: text, from: text, to: text, said_at: optional(text) })
/** A stretch of time in which an EVSE had one status. */
export type StatusSpan = Read<typeof span>
const bar = shape({ uid: text, evse_id: optional(text), seconds: mapOf(number), spans: listOf(span) })
/** One EVSE over a time. */
export type StatusBar = Read<typeof bar>
const history = shape({ from: text, to: text, kept_days: number, complete: flag, evses: listOf(bar) })
/** The statuses of a location's EVSEs over a time. */
export type StatusHistory = Read<typeof history>

export const getStatusHistory = (location: Doc, days: number): Promise<StatusHistory> => {
  const segments = ['country_code', 'party_id', 'id'].map((name) => textAt(location, name))
  return ask(address(['locations', ...segments, 'status-history'], { days }), history)
}
