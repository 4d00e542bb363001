import { type PartyId, partyOf } from '@interwatt/protocol'
import {
  bookingKey,
  bookingLocationKey,
  cdrKey,
  type Document,
  locationKey,
  type ObjectKey,
  sessionKey,
  tariffKey,
  tokenKey,
} from '@interwatt/store'
import type { PullModule } from './pull-legs.rules.js'

const keyBy: Readonly<Record<PullModule, (party: PartyId, document: Document) => ObjectKey | undefined>> = {
  locations: (party, { id }) => (typeof id === 'string' ? locationKey(party, id) : undefined),
  tariffs: (party, { id }) => (typeof id === 'string' ? tariffKey(party, id) : undefined),
  sessions: (party, { id }) => (typeof id === 'string' ? sessionKey(party, id) : undefined),
  cdrs: (party, { id }) => (typeof id === 'string' ? cdrKey(party, id) : undefined),
  booking_locations: (party, { id }) => (typeof id === 'string' ? bookingLocationKey(party, id) : undefined),
  bookings: (party, { id }) => (typeof id === 'string' ? bookingKey(party, id) : undefined),
  tokens: (party, { uid, type }) =>
    typeof uid === 'string' && typeof type === 'string' ? tokenKey(party, uid, type) : undefined,
}

/** The key of an object of a page, also of one that is invalid otherwise; undefined when it does not tell. */
export const keyOfItem = (module: PullModule, value: unknown): ObjectKey | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const document: Document = { ...value }
  const { country_code: country, party_id: party } = document
  if (typeof country !== 'string' || typeof party !== 'string') return undefined
  return keyBy[module](partyOf(country, party), document)
}
