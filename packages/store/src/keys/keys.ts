import { foldCase, type PartyId, partyOf } from '@interwatt/protocol'
import type { ObjectKey } from '../ports/objects.js'

const reserved = /[%/]|\p{Cc}/gu

const PLAIN = /^[A-Z0-9]*$/

/** One segment of a key: CiString-folded, with the separator, the escape sign and control characters escaped. */
const segment = (text: string): string => (PLAIN.test(text) ? text : escaped(text))

const escaped = (text: string): string =>
  foldCase(text.replace(reserved, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`))

const keyOf = (kind: ObjectKey['kind'], party: PartyId, ...segments: readonly string[]): ObjectKey => ({
  kind,
  ...partyOf(party.countryCode, party.partyId),
  id: segments.map(segment).join('/'),
})

/** Key of a location by its `id`. */
export const locationKey = (party: PartyId, id: string): ObjectKey => keyOf('location', party, id)

/** Key of an EVSE by its location's `id` and its own `uid`. */
export const evseKey = (party: PartyId, locationId: string, uid: string): ObjectKey =>
  keyOf('evse', party, locationId, uid)

/** Key of a token by `uid` and `type`. */
export const tokenKey = (party: PartyId, uid: string, type: string): ObjectKey =>
  keyOf('token', party, uid, type)

/** Key of a tariff by its `id`. */
export const tariffKey = (party: PartyId, id: string): ObjectKey => keyOf('tariff', party, id)

/** Key of a session by its `id`. */
export const sessionKey = (party: PartyId, id: string): ObjectKey => keyOf('session', party, id)

/** Key of a CDR by its `id`. */
export const cdrKey = (party: PartyId, id: string): ObjectKey => keyOf('cdr', party, id)

/** Key of what a hub says of a party in a role; each hub speaks for itself (HCI-027, HCI-034). */
export const clientInfoKey = (party: PartyId, role: string, partnerId: string): ObjectKey =>
  keyOf('client_info', party, role, partnerId)
/** Key of a payment terminal by its `terminal_id`, under the PTP that owns it. */
export const terminalKey = (ptp: PartyId, terminalId: string): ObjectKey => keyOf('terminal', ptp, terminalId)

/** Key of a financial advice confirmation by its `id`, under the PTP that owns it. */
export const confirmationKey = (ptp: PartyId, id: string): ObjectKey =>
  keyOf('financial_advice_confirmation', ptp, id)

/** Key of an invoice reconciliation record by its `id`, under the issuer of the invoice. */
export const invoiceRecordKey = (issuer: PartyId, id: string): ObjectKey =>
  keyOf('invoice_reconciliation_record', issuer, id)
/** Key of a booking location by its `id`. */
export const bookingLocationKey = (party: PartyId, id: string): ObjectKey =>
  keyOf('booking_location', party, id)

/** Key of a booking by the `id` its CPO gave it. */
export const bookingKey = (party: PartyId, id: string): ObjectKey => keyOf('booking', party, id)

/** Key of an EVSE by the key of its location and its own `uid`. */
export const evseKeyIn = (location: ObjectKey, uid: string): ObjectKey => ({
  ...location,
  kind: 'evse',
  id: `${location.id}/${segment(uid)}`,
})

/** Key of the location an EVSE belongs to. */
export const parentLocationKey = (evse: ObjectKey): ObjectKey => ({
  ...evse,
  kind: 'location',
  id: evse.id.slice(0, evse.id.indexOf('/')),
})

/** The key as one text, different for different keys; for maps and sets. */
export const keyText = ({ kind, countryCode, partyId, id }: ObjectKey): string =>
  `${kind}/${segment(countryCode)}/${segment(partyId)}/${id}`

/** How the keys of the kinds are made that one id names, besides the owner. */
export const keyById = {
  location: locationKey,
  tariff: tariffKey,
  session: sessionKey,
  cdr: cdrKey,
  terminal: terminalKey,
  financial_advice_confirmation: confirmationKey,
  invoice_reconciliation_record: invoiceRecordKey,
  booking_location: bookingLocationKey,
  booking: bookingKey,
} as const
