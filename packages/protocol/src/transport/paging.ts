import { formatDateTime, parseDateTime } from '../date-time/index.js'
import type { Finding } from '../validation/index.js'

/** Query parameters of a paged GET, checked (transport.md 1.3). */
export interface Paging {
  readonly offset: number
  /** At most the cap of the server. */
  readonly limit: number
  /** Opaque position from a link this node gave; replaces `offset`. */
  readonly cursor: string | undefined
  /** Instants with Z and milliseconds: from inclusive, to exclusive (TRN-062). */
  readonly dateFrom: string | undefined
  readonly dateTo: string | undefined
}

/** Objects on a page when nobody asks, and the most there are on one (TRN-063). */
export interface PageLimits {
  readonly usual: number
  readonly cap: number
}

/** Names that paging takes from the query; all others are filters of the module. */
export const pagingParameters = ['offset', 'limit', 'cursor', 'date_from', 'date_to'] as const

const CURSOR_MAX = 512

/** Reads the paging parameters; a bad one is an error by TRN-076. An empty parameter counts as absent. */
export const parsePaging = (
  query: Readonly<Record<string, string | undefined>>,
  limits: PageLimits,
): { readonly ok: true; readonly paging: Paging } | { readonly ok: false; readonly findings: Finding[] } => {
  const findings: Finding[] = []
  const reading = { query, findings }
  const paging = {
    offset: readCount(reading, 'offset', 0) ?? 0,
    limit: Math.min(readCount(reading, 'limit', 1) ?? limits.usual, limits.cap),
    cursor: readCursor(reading),
    dateFrom: readDate(reading, 'date_from'),
    dateTo: readDate(reading, 'date_to'),
  }
  return findings.length > 0 ? { ok: false, findings } : { ok: true, paging }
}

interface Reading {
  readonly query: Readonly<Record<string, string | undefined>>
  readonly findings: Finding[]
}

const refuse = (reading: Reading, name: string, code: Finding['code'], expected: string): undefined => {
  const message = `query parameter ${name} must be ${expected}`
  reading.findings.push({ pointer: `?${name}`, code, message, rule: 'TRN-076', severity: 'error' })
}

const given = (reading: Reading, name: string): string | undefined => reading.query[name] || undefined

const readCount = (reading: Reading, name: 'offset' | 'limit', least: number): number | undefined => {
  const text = given(reading, name)
  if (text === undefined) return undefined
  const count = /^\d{1,15}$/.test(text) ? Number(text) : -1
  return count >= least
    ? count
    : refuse(reading, name, 'not_an_integer', `a whole number of at least ${least}`)
}

const readCursor = (reading: Reading): string | undefined => {
  const text = given(reading, 'cursor')
  if (text === undefined) return undefined
  const readable = text.length <= CURSOR_MAX && /^[\x21-\x7e]+$/.test(text)
  return readable ? text : refuse(reading, 'cursor', 'bad_format', 'the cursor of a link of this server')
}

/** NOTE: a `+` that nobody encoded arrives as a space, so `T10:00:00 01:00` is read as `T10:00:00+01:00` (TYP-028). */
const readDate = (reading: Reading, name: 'date_from' | 'date_to'): string | undefined => {
  const text = given(reading, name)
  if (text === undefined) return undefined
  const parsed = parseDateTime(text.replace(/ (?=\d\d:\d\d$)/, '+').trim())
  return parsed === undefined
    ? refuse(reading, name, 'bad_date_time', 'an RFC 3339 date-time in UTC')
    : formatDateTime(parsed.epochMs, 3)
}
