import {
  envelopeAround,
  envelopeText,
  formatDateTime,
  headerNames,
  jsonText,
  nextLinkHeader,
  OcpiRefusal,
  pagingParameters,
  readRouting,
  refusals,
  routingHeaders,
  swapRouting,
} from '@interwatt/protocol'
import type { Known, Plan } from './context.js'
import type { Reply } from './ports.js'
import { OCPI_ROOT } from './urls.js'

/** A response, ready for the socket. */
export interface Answer {
  readonly httpStatus: number
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string | number>>
  readonly body: string | Buffer
}

const SUCCESS = 1000

/** The response to a request that was handled; says 3000 when the handler's data cannot be written. */
export const answerReply = (known: Known, reply: Reply, plan: Plan): Answer => {
  const created = reply.kind === 'data' && reply.created === true
  return write(known, {
    httpStatus: created ? 201 : 200,
    statusCode: SUCCESS,
    ...(reply.kind === 'page'
      ? { items: reply.items, headers: pageHeaders(known, reply, plan) }
      : { dataText: dataText(reply), headers: reply.kind === 'data' ? reply.headers : {} }),
  })
}

/** The response to a request that was refused, or in which something broke: then the detail stays inside (TRN-053). */
export const answerFailure = (known: Known, error: unknown): Answer => {
  if (!(error instanceof OcpiRefusal)) {
    const { http, code } = refusals.internal
    return write(known, { httpStatus: http, statusCode: code, statusMessage: 'internal error' })
  }
  const unknownToken = error.code === refusals.unknownToken.code
  const unlisted = unknownToken && known.target?.version?.traits.unknownTokenCode === false
  return write(known, {
    httpStatus: error.http,
    // 2.1.1 has no code for an unknown token (TOK-039).
    statusCode: unlisted ? refusals.invalid.code : error.code,
    statusMessage: error.message,
    dataText: error.extra.data === undefined ? undefined : jsonText(error.extra.data),
    headers: error.extra.headers,
  })
}

interface Content {
  readonly httpStatus: number
  readonly statusCode: number
  readonly statusMessage?: string
  readonly dataText?: string | undefined
  /** JSON texts of a page, in place of `dataText`. */
  readonly items?: readonly string[]
  readonly headers?: Readonly<Record<string, string>> | undefined
}

const write = (known: Known, content: Content): Answer => {
  const digits = known.target?.version?.traits.fractionDigits ?? 0
  const timestamp = formatDateTime(Date.now(), digits)
  const { statusCode, statusMessage, dataText, items } = content
  const parts = { statusCode, statusMessage, timestamp }
  const body = items === undefined ? envelopeText({ ...parts, dataText }) : pageBody(items, parts)
  return {
    httpStatus: content.httpStatus,
    statusCode,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      [headerNames.requestId]: known.requestId,
      [headerNames.correlationId]: known.correlationId,
      ...routingEcho(known),
      ...content.headers,
    },
    body,
  }
}

/** The envelope of a page in bytes: as one text, a page of megabytes would be copied four times on its way to the socket. */
const pageBody = (items: readonly string[], parts: Parameters<typeof envelopeAround>[0]): Buffer => {
  const [before, after] = envelopeAround(parts)
  const bytes = items.map((item, index) => Buffer.from(index === 0 ? item : `,${item}`))
  return Buffer.concat([Buffer.from(`${before}[`), ...bytes, Buffer.from(`]${after}`)])
}

const dataText = (reply: Exclude<Reply, { kind: 'page' }>): string | undefined => {
  if (reply.kind === 'text') return reply.json
  return reply.data === undefined ? undefined : jsonText(reply.data)
}

/** Routing headers of a functional module change places in every answer, also in a refusal (HUB-004). */
const routingEcho = (known: Known): Record<string, string> => {
  if (known.target?.routed !== true) return {}
  if (known.routing !== undefined) return routingHeaders(swapRouting(known.routing))
  const read = readRouting(known.headers)
  return read.ok ? routingHeaders(swapRouting(read.routing)) : {}
}

const isPaging = new Set<string>(pagingParameters)

/** Total, cap and the link to the next page under the public address (TRN-064 to TRN-069). */
const pageHeaders = (known: Known, reply: Extract<Reply, { kind: 'page' }>, plan: Plan) => {
  const headers: Record<string, string> = {
    [headerNames.totalCount]: String(reply.total),
    [headerNames.limit]: String(plan.options.pageCap),
  }
  if (reply.next === undefined || known.page === undefined) return headers
  const { offset, limit, dateFrom, dateTo } = known.page
  const filters = Object.entries(known.query ?? {}).filter(([name]) => !isPaging.has(name))
  headers[headerNames.link] = nextLinkHeader(
    `${plan.ports.publicUrl}${OCPI_ROOT}${known.rawPath.replace(/[<>"]/g, encodeURIComponent)}`,
    { date_from: dateFrom, date_to: dateTo, ...Object.fromEntries(filters) },
    { offset: offset + reply.items.length, limit, cursor: reply.next },
  )
  return headers
}
