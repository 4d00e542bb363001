import {
  type HeaderLookup,
  headerNames,
  headerText,
  isSuccess,
  nextLinkOf,
  parseJson,
  readEnvelope,
  resolveUrl,
} from '@interwatt/protocol'
import type { Outcome } from './ports.js'

/** An HTTP answer, read in full. */
export interface HttpAnswer {
  readonly url: string
  readonly method: string
  readonly httpStatus: number
  readonly headers: HeaderLookup
  readonly text: string
}

/** Longest message of a partner that is kept, in characters. */
const MESSAGE_MAX = 1000
const SUCCESS = 1000
/** Status code of an answer that carries none. */
const NO_CODE = 0
/** Longest pause a partner can ask for. */
const RETRY_AFTER_MAX_MS = 24 * 3_600_000

/** What an answer means: HTTP status and envelope are read together (TRN-034 to TRN-037, trap 8). */
export const outcomeOf = (answer: HttpAnswer, nowMs: number): Outcome => {
  const { httpStatus } = answer
  const envelope = readEnvelope(parse(answer.text))
  if (httpStatus >= 500 || httpStatus === 429 || httpStatus === 408) {
    const said = envelope?.statusMessage === undefined ? '' : `: ${clean(envelope.statusMessage)}`
    const retryAfterMs = retryAfter(headerText(answer.headers, headerNames.retryAfter), nowMs)
    const reason = httpStatus === 408 ? 'timeout' : 'server_error'
    const message = `HTTP ${httpStatus}${said}`
    return { kind: 'outage', httpStatus, message, sent: true, retryAfterMs, reason }
  }
  if (envelope === undefined) return withoutEnvelope(answer)
  const { statusCode, data } = envelope
  if (isSuccess(httpStatus, statusCode)) return okOf(answer, statusCode, data)
  const message = clean(envelope.statusMessage ?? `status code ${statusCode}`)
  return { kind: 'refused', httpStatus, statusCode, message, data }
}

/** Empty success of a write counts (TRN-052); success in another form says nothing anyone could use. */
const withoutEnvelope = (answer: HttpAnswer): Outcome => {
  const { httpStatus, method } = answer
  if (httpStatus >= 200 && httpStatus < 300) {
    const empty = answer.text.trim() === ''
    if (empty && (method !== 'GET' || httpStatus === 204)) return okOf(answer, SUCCESS, undefined)
    const message = empty ? 'the answer is empty' : 'the answer is no OCPI response'
    return { kind: 'outage', httpStatus, message, sent: true, retryAfterMs: undefined, reason: 'no_ocpi' }
  }
  return { kind: 'refused', httpStatus, statusCode: NO_CODE, message: `HTTP ${httpStatus}`, data: undefined }
}

const okOf = (answer: HttpAnswer, statusCode: number, data: unknown): Outcome => {
  const header = (name: string) => headerText(answer.headers, name)
  const location = header(headerNames.location)
  return {
    kind: 'ok',
    httpStatus: answer.httpStatus,
    statusCode,
    data,
    location: location === undefined ? undefined : resolveUrl(location, answer.url),
    next: nextLinkOf(joined(answer.headers[headerNames.link]), answer.url),
    total: count(header(headerNames.totalCount)),
    limit: count(header(headerNames.limit)),
  }
}

const parse = (text: string): unknown => {
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  const parsed = parseJson(json)
  return parsed.ok ? parsed.value : repair(json)
}

/** One unstorable character, such as a name cut inside an emoji, must not cost a page of good objects (TRN-078). */
const repair = (json: string): unknown => {
  try {
    const value: unknown = JSON.parse(json, (_key, each: unknown) =>
      typeof each === 'string' ? each.replace(/\0|\p{Surrogate}/gu, '\ufffd') : each,
    )
    const again = parseJson(JSON.stringify(value))
    return again.ok ? again.value : undefined
  } catch {
    return undefined
  }
}

const joined = (value: string | readonly string[] | undefined): string | undefined =>
  value === undefined || typeof value === 'string' ? value : value.join(', ')

const count = (text: string | undefined): number | undefined =>
  text !== undefined && /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined

const CONTROL = /\p{Cc}+/gu

/** A partner's text as it may be logged and shown. */
const clean = (text: string): string => text.slice(0, MESSAGE_MAX).replace(CONTROL, ' ')

/** `Retry-After` in seconds or as a date, in milliseconds from now; at most a day. */
export const retryAfter = (text: string | undefined, nowMs: number): number | undefined => {
  if (text === undefined) return undefined
  const waitMs = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), RETRY_AFTER_MAX_MS)
}
