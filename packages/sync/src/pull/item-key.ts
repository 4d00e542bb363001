import { type PartyId, partyOf } from '@interwatt/protocol'
import {
  bookingKey,
  bookingLocationKey,
  cdrKey,
  clientInfoKey,
  confirmationKey,
  type Document,
  invoiceRecordKey,
  locationKey,
  type ObjectKey,
  sessionKey,
  tariffKey,
  terminalKey,
  tokenKey,
} from '@interwatt/store'
import type { PullModule } from './pull-legs.rules.js'

type KeyOf = (party: PartyId, document: Document, partnerId: string) => ObjectKey | undefined

const keyBy: Readonly<Record<PullModule, KeyOf>> = {
  hubclientinfo: (party, { role }, partnerId) =>
    typeof role === 'string' ? clientInfoKey(party, role, partnerId) : undefined,
  locations: (party, { id }) => (typeof id === 'string' ? locationKey(party, id) : undefined),
  tariffs: (party, { id }) => (typeof id === 'string' ? tariffKey(party, id) : undefined),
  sessions: (party, { id }) => (typeof id === 'string' ? sessionKey(party, id) : undefined),
  cdrs: (party, { id }) => (typeof id === 'string' ? cdrKey(party, id) : undefined),
  booking_locations: (party, { id }) => (typeof id === 'string' ? bookingLocationKey(party, id) : undefined),
  bookings: (party, { id }) => (typeof id === 'string' ? bookingKey(party, id) : undefined),
  tokens: (party, { uid, type }) =>
    typeof uid === 'string' && typeof type === 'string' ? tokenKey(party, uid, type) : undefined,
  'payments/terminals': (party, { terminal_id: id }) =>
    typeof id === 'string' ? terminalKey(party, id) : undefined,
  'payments/financial-advice-confirmations': (party, { id }) =>
    typeof id === 'string' ? confirmationKey(party, id) : undefined,
  invoicereconciliation: (party, { id }) =>
    typeof id === 'string' ? invoiceRecordKey(party, id) : undefined,
}

/** Where an object of a page comes from. */
export interface ItemSource {
  readonly partnerId: string
  /** Who owns it, where its document does not name its owner: in 2.1.1, and in Payments. */
  readonly owner?: PartyId | undefined
}

/** The key of an object of a page, also of one that is invalid otherwise; undefined when it does not tell. */
export const keyOfItem = (
  module: PullModule,
  value: unknown,
  { partnerId, owner }: ItemSource,
): ObjectKey | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const document: Document = { ...value }
  const { country_code: country, party_id: party } = document
  if (owner !== undefined) return keyBy[module](owner, document, partnerId)
  if (typeof country !== 'string' || typeof party !== 'string') return undefined
  return keyBy[module](partyOf(country, party), document, partnerId)
}
