import { type PartyId, partyOf } from '@interwatt/protocol'
import {
  cdrKey,
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
import { lists, type PullModule } from './pull-legs.rules.js'

const keyBy: Readonly<Record<PullModule, (party: PartyId, document: Document) => ObjectKey | undefined>> = {
  locations: (party, { id }) => (typeof id === 'string' ? locationKey(party, id) : undefined),
  tariffs: (party, { id }) => (typeof id === 'string' ? tariffKey(party, id) : undefined),
  sessions: (party, { id }) => (typeof id === 'string' ? sessionKey(party, id) : undefined),
  cdrs: (party, { id }) => (typeof id === 'string' ? cdrKey(party, id) : undefined),
  tokens: (party, { uid, type }) =>
    typeof uid === 'string' && typeof type === 'string' ? tokenKey(party, uid, type) : undefined,
  'payments/terminals': (party, { terminal_id: id }) =>
    typeof id === 'string' ? terminalKey(party, id) : undefined,
  'payments/financial-advice-confirmations': (party, { id }) =>
    typeof id === 'string' ? confirmationKey(party, id) : undefined,
  invoicereconciliation: (party, { id }) =>
    typeof id === 'string' ? invoiceRecordKey(party, id) : undefined,
}

/**
 * The key of an object of a page, also of one that is invalid otherwise; undefined when it does not tell. Objects of Payments name no
 * owner: they belong to the party that was asked.
 */
export const keyOfItem = (module: PullModule, value: unknown, asked: PartyId): ObjectKey | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const document: Document = { ...value }
  if (lists[module].module === 'payments') return keyBy[module](asked, document)
  const { country_code: country, party_id: party } = document
  if (typeof country !== 'string' || typeof party !== 'string') return undefined
  return keyBy[module](partyOf(country, party), document)
}
