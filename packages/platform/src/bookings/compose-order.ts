import { randomUUID } from 'node:crypto'
import { foldCase, isJsonObject, ocpi230, type PartyId, parseDocument, partyOf } from '@interwatt/protocol'
import type { Document, ObjectLookup, StoredObject } from '@interwatt/store'
import { hostedIn } from '../directory/partner-directory.js'
import { askedIn } from '../modules/bookings/booking-identity.js'
import { isLive } from '../modules/plan-write.js'
import { asDocument } from '../modules/serving.js'
import { invalid } from '../objects/own-objects.js'
import { type Problem, problem, type Result } from '../services.js'
import type { OrderDeps, Recipient } from './send-order.js'

export interface ComposeDeps extends OrderDeps {
  readonly lookup: ObjectLookup
}

/** A request with whom it goes to. */
export interface Composed extends Recipient {
  readonly request: ocpi230.BookingRequest
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** A token as a booking names it: given whole, or one of our own by its uid (and type). */
const tokenOf = async (deps: ComposeDeps, given: unknown): Promise<Document | Problem> => {
  const token = isJsonObject(given) ? asDocument(given) : { uid: given }
  if (token.contract_id !== undefined) return token
  const rows = await deps.lookup.tokensByUid(text(token.uid) ?? '')
  const own = rows.filter((row) => isLive(row) && row.receivedFrom === null)
  const type = text(token.type)
  const found = own.filter(({ document }) => type === undefined || document.type === foldCase(type))
  const [row, second] = found
  if (row === undefined || second !== undefined)
    return problem(
      404,
      'Unknown token',
      `No single own token has the uid ${String(token.uid)}; name its type.`,
    )
  const { country_code, party_id, uid, contract_id } = row.document
  return { country_code, party_id, uid, type: row.document.type, contract_id }
}

const isProblem = (value: Problem | object): value is Problem => 'kind' in value && value.kind === 'problem'

const tokensOf = async (deps: ComposeDeps, given: unknown): Promise<readonly Document[] | Problem> => {
  const tokens: Document[] = []
  for (const each of Array.isArray(given) ? given : []) {
    const token = await tokenOf(deps, each)
    if (isProblem(token)) return token
    tokens.push(token)
  }
  return tokens
}

/** Our eMSP party that asks: the owner of the tokens, else the only one there is. */
const askerOf = (deps: ComposeDeps, tokens: readonly Document[]): PartyId | Problem => {
  const [token] = tokens
  if (token !== undefined) return partyOf(String(token.country_code), String(token.party_id))
  const [only, second] = hostedIn(deps.directory.hosted(), 'EMSP')
  if (only !== undefined && second === undefined) return only
  return problem(422, 'Who asks?', 'Without tokens the request needs exactly one hosted eMSP party.')
}

const partnerOf = async (deps: ComposeDeps, row: StoredObject): Promise<Recipient | Problem> => {
  const partner = row.receivedFrom === null ? undefined : await deps.directory.partner(row.receivedFrom)
  return partner
    ? { partner, party: row.key }
    : problem(409, 'The partner is gone', 'The partner this came from is no longer connected.')
}

const placeOf = async (deps: ComposeDeps, body: Document): Promise<StoredObject | Problem> => {
  const rows = await deps.lookup.byId('booking_location', text(body.booking_location_id) ?? '')
  const [country, party] = [text(body.country_code), text(body.party_id)]
  const [row, second] = rows.filter(
    (each) =>
      isLive(each) &&
      each.receivedFrom !== null &&
      (country === undefined || each.key.countryCode === foldCase(country)) &&
      (party === undefined || each.key.partyId === foldCase(party)),
  )
  if (row === undefined)
    return problem(404, 'Unknown booking location', 'No connected partner has sent this booking location.')
  if (second === undefined) return row
  return problem(409, 'Ambiguous booking location', 'Add country_code and party_id of its owner.')
}

const finished = (request: Document, to: Recipient): Result<Composed> => {
  const parsed = parseDocument(ocpi230.BookingRequest, request, 'whole')
  if (!parsed.ok) return invalid(parsed.findings)
  return { kind: 'done', value: { ...to, request: parsed.value } }
}

const OPTIONAL = ['booking_option', 'access_information', 'period', 'power_required'] as const

const given = (body: Document): Document =>
  Object.fromEntries(
    OPTIONAL.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]] as const])),
  )

/** A request for a new booking at a booking location we received (BKG-020). */
export const composeNew = async (deps: ComposeDeps, body: Document): Promise<Result<Composed>> => {
  const place = await placeOf(deps, body)
  if (isProblem(place)) return place
  const to = await partnerOf(deps, place)
  if (isProblem(to)) return to
  const tokens = await tokensOf(deps, body.tokens)
  if (isProblem(tokens)) return tokens
  const asker = askerOf(deps, tokens)
  if (isProblem(asker)) return asker
  const request = {
    country_code: asker.countryCode,
    party_id: asker.partyId,
    request_id: text(body.request_id) ?? randomUUID(),
    location_id: place.document.location_id,
    booking_location_id: place.document.id,
    tokens,
    authorization_reference: text(body.authorization_reference) ?? randomUUID(),
    ...given(body),
  }
  return finished(request, to)
}

/** The booking of ours at a partner, and what was asked last; its `request_id` stays for all edits (BKG-020). */
const editOf = async (
  deps: ComposeDeps,
  row: StoredObject,
  change: (latest: ocpi230.BookingRequest) => Document,
): Promise<Result<Composed>> => {
  const to = await partnerOf(deps, row)
  if (isProblem(to)) return to
  const booking = parseDocument(ocpi230.Booking, row.document, 'whole')
  const latest = booking.ok ? booking.value.booking_requests.at(-1)?.booking_request : undefined
  if (!booking.ok || latest === undefined)
    return problem(409, 'Unreadable booking', 'The booking does not say what was requested.')
  const { canceled: _canceled, ...rest } = latest
  const { bookingLocationId } = askedIn(booking.value)
  const place = bookingLocationId === undefined ? {} : { booking_location_id: bookingLocationId }
  return finished({ ...place, ...rest, ...change(latest), request_id: booking.value.request_id }, to)
}

/** A change of a booking we made: what is given replaces, the rest stays as asked last. */
export const composeChange = async (
  deps: ComposeDeps,
  row: StoredObject,
  body: Document,
): Promise<Result<Composed>> => {
  const tokens = body.tokens === undefined ? undefined : await tokensOf(deps, body.tokens)
  if (tokens !== undefined && isProblem(tokens)) return tokens
  return editOf(deps, row, () => ({ ...given(body), ...(tokens === undefined ? {} : { tokens }) }))
}

/** A cancellation of a booking we made (flow D). */
export const composeCancellation = (
  deps: ComposeDeps,
  row: StoredObject,
  reason: ocpi230.CanceledReason,
): Promise<Result<Composed>> =>
  editOf(deps, row, () => ({ canceled: { cancellation_reason: reason, who_canceled: 'EMSP' } }))
