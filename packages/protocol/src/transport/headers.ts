import { COUNTRY_ALPHA_2, PARTY_ID } from '../schema/index.js'
import { type PartyId, partyOf } from './party.js'

/** Header names of OCPI in lower case, as Node.js and HTTP/2 give them (TRN-015). */
export const headerNames = {
  requestId: 'x-request-id',
  correlationId: 'x-correlation-id',
  toCountryCode: 'ocpi-to-country-code',
  toPartyId: 'ocpi-to-party-id',
  fromCountryCode: 'ocpi-from-country-code',
  fromPartyId: 'ocpi-from-party-id',
  totalCount: 'x-total-count',
  limit: 'x-limit',
  link: 'link',
  location: 'location',
  retryAfter: 'retry-after',
} as const

/** Longest message id that is kept, in characters (TRN-128). */
export const MESSAGE_ID_MAX = 255

/** Headers of a message by lower-case name. */
export type HeaderLookup = Readonly<Record<string, string | readonly string[] | undefined>>

/** First value of a header; repeated ones count once. */
export const headerText = (headers: HeaderLookup, name: string): string | undefined => {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.[0]
}

const CONTROL = /\p{Cc}+/gu

/** An id as it may be echoed and logged: no control characters, at most 255 long; undefined when nothing is left. */
export const cleanMessageId = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined
  const clean = text.slice(0, MESSAGE_ID_MAX).replace(CONTROL, '').trim()
  return clean === '' ? undefined : clean
}

/** Who a message is from and for, as far as its headers say (2.2.1 `transport_and_format_message_routing`). */
export interface Routing {
  readonly from: PartyId | undefined
  readonly to: PartyId | undefined
}

/** The routing headers, or why they cannot be read: half a pair, or a code that is none (hub-routing 1.3). */
export const readRouting = (
  headers: HeaderLookup,
): { readonly ok: true; readonly routing: Routing } | { readonly ok: false; readonly message: string } => {
  const to = readPair(headers, headerNames.toCountryCode, headerNames.toPartyId)
  if (typeof to === 'string') return { ok: false, message: to }
  const from = readPair(headers, headerNames.fromCountryCode, headerNames.fromPartyId)
  if (typeof from === 'string') return { ok: false, message: from }
  return { ok: true, routing: { from, to } }
}

const readPair = (headers: HeaderLookup, countryName: string, partyName: string) => {
  const country = headerText(headers, countryName)?.trim()
  const party = headerText(headers, partyName)?.trim()
  if (country === undefined && party === undefined) return undefined
  if (country === undefined || party === undefined) {
    return `${country === undefined ? countryName : partyName} is missing: routing headers come in pairs (HUB-001)`
  }
  if (!COUNTRY_ALPHA_2.accepts(country)) return `${countryName} is not a two-letter country code`
  if (!PARTY_ID.accepts(party)) return `${partyName} is not a party id of three letters or digits`
  return partyOf(country, party)
}

/** The four routing headers of a message; a party that is unknown is left out. */
export const routingHeaders = (routing: Routing): Record<string, string> => {
  const headers: Record<string, string> = {}
  if (routing.to !== undefined) {
    headers[headerNames.toCountryCode] = routing.to.countryCode
    headers[headerNames.toPartyId] = routing.to.partyId
  }
  if (routing.from !== undefined) {
    headers[headerNames.fromCountryCode] = routing.from.countryCode
    headers[headerNames.fromPartyId] = routing.from.partyId
  }
  return headers
}

/** Routing of the answer to a message: sender and receiver change places (HUB-004). */
export const swapRouting = (routing: Routing): Routing => ({ from: routing.to, to: routing.from })
