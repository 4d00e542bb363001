import { foldCase, partyOf } from '@interwatt/protocol'
import type { Database } from '../database/index.js'
import {
  bookingLocationKey,
  cdrKey,
  evseKey,
  locationKey,
  sessionKey,
  tariffKey,
  tokenKey,
} from '../keys/index.js'
import { type ObjectRow, rowObject } from '../objects/object-row.js'
import type { ObjectLookup } from '../ports/index.js'
import { selectByAuthorizationReference } from '../sql/lookup/select-by-authorization-reference.js'
import { selectCdrsById } from '../sql/lookup/select-cdrs-by-id.js'
import { selectCdrsOfSession } from '../sql/lookup/select-cdrs-of-session.js'
import { selectCreditsOf } from '../sql/lookup/select-credits-of.js'
import { selectEvsesByEvseId, selectEvsesByReference } from '../sql/lookup/select-evses-by-code.js'
import { selectEvsesWithTariffs } from '../sql/lookup/select-evses-with-tariffs.js'
import { selectEvsesWithoutCapabilities } from '../sql/lookup/select-evses-without-capabilities.js'
import { selectLastAuthorized } from '../sql/lookup/select-last-authorized.js'
import { selectObjectsById } from '../sql/lookup/select-objects-by-id.js'
import { selectObjectsOfContract } from '../sql/lookup/select-objects-of-contract.js'
import { selectRecordsListing } from '../sql/lookup/select-records-listing.js'
import { selectSessionsNear } from '../sql/lookup/select-sessions-near.js'
import { selectTariffInUse } from '../sql/lookup/select-tariff-in-use.js'
import { selectTerminalsByReference } from '../sql/lookup/select-terminals-by-reference.js'
import { selectTerminalsServing } from '../sql/lookup/select-terminals-serving.js'
import { selectTokensByContract } from '../sql/lookup/select-tokens-by-contract.js'
import { selectTokensByUid } from '../sql/lookup/select-tokens-by-uid.js'

/** Only the key text of an id is wanted here; the party plays no part. */
const anyParty = partyOf('ZZ', 'ZZZ')

const idText = {
  location: (id: string) => locationKey(anyParty, id).id,
  session: (id: string) => sessionKey(anyParty, id).id,
  tariff: (id: string) => tariffKey(anyParty, id).id,
  booking_location: (id: string) => bookingLocationKey(anyParty, id).id,
} as const

/** The part of an EVSE's key that its uid makes. */
const uidText = (uid: string): string => evseKey(anyParty, '', uid).id.slice(1)

/** Key texts of all tokens with one uid: everything from `UID/` up to `UID0`, the character after the slash. */
const tokenRange = (uid: string): readonly [string, string] => {
  const from = tokenKey(anyParty, uid, '').id
  return [from, `${from.slice(0, -1)}0`]
}

interface ListingRow {
  readonly id: string
  readonly invoice_id: string
  readonly cdrs: readonly string[]
}

/** Objects by id alone, in PostgreSQL. */
export const createObjectLookup = (database: Database): ObjectLookup => ({
  async evsesByCode(field, code, limit) {
    const statement = field === 'evse_id' ? selectEvsesByEvseId : selectEvsesByReference
    const { rows } = await database.query<ObjectRow>(statement, [code, limit])
    return rows.map(rowObject)
  },
  async tokensByUid(uid) {
    const { rows } = await database.query<ObjectRow>(selectTokensByUid, tokenRange(uid))
    return rows.map(rowObject)
  },
  async tokensByContract(contractIds) {
    if (contractIds.length === 0) return []
    const { rows } = await database.query<ObjectRow>(selectTokensByContract, [contractIds.map(foldCase)])
    return rows.map(rowObject)
  },
  async ofContract(kind, { countryCode, partyId }, { contractId, limit }) {
    const params = [kind, foldCase(contractId), foldCase(countryCode), foldCase(partyId), limit]
    return (await database.query<ObjectRow>(selectObjectsOfContract, params)).rows.map(rowObject)
  },
  async lastAuthorized(uids) {
    const { rows } = await database.query<{ token_uid: string }>(selectLastAuthorized, [[...uids]])
    return rows[0]?.token_uid
  },
  async sessionsNear({ countryCode, partyId }, { from, to, contractId, evseUid }) {
    const { rows } = await database.query<ObjectRow>(selectSessionsNear, [
      countryCode,
      partyId,
      from,
      to,
      foldCase(contractId),
      foldCase(evseUid),
    ])
    return rows.map(rowObject)
  },
  async byId(kind, id) {
    const { rows } = await database.query<ObjectRow>(selectObjectsById, [kind, idText[kind](id)])
    return rows.map(rowObject)
  },
  async tariffInUse(party, tariffId) {
    const { rowCount } = await database.query(selectTariffInUse, [party.countryCode, party.partyId, tariffId])
    return rowCount > 0
  },
  async evsesWithTariffs(party, after, limit) {
    const params = [party.countryCode, party.partyId, after, limit]
    const { rows } = await database.query<ObjectRow>(selectEvsesWithTariffs, params)
    return rows.map(rowObject)
  },
  async byAuthorizationReference(reference) {
    const { rows } = await database.query<ObjectRow>(selectByAuthorizationReference, [foldCase(reference)])
    return rows.map(rowObject)
  },
  async cdrsById(ids) {
    const keys = ids.map((id) => cdrKey(anyParty, id).id)
    const { rows } = await database.query<ObjectRow>(selectCdrsById, [keys])
    return rows.map(rowObject)
  },
  async cdrsOfSession({ countryCode, partyId }, sessionId) {
    const params = [countryCode, partyId, foldCase(sessionId)]
    return (await database.query<ObjectRow>(selectCdrsOfSession, params)).rows.map(rowObject)
  },
  async creditsOf({ countryCode, partyId }, cdrId) {
    const params = [countryCode, partyId, foldCase(cdrId)]
    return (await database.query<ObjectRow>(selectCreditsOf, params)).rows.map(rowObject)
  },
  async recordsListing(issuer, cdrIds) {
    const params = [issuer.countryCode, issuer.partyId, cdrIds.map(foldCase)]
    const { rows } = await database.query<ListingRow>(selectRecordsListing, params)
    return rows.map(({ id, invoice_id, cdrs }) => ({ id, invoiceId: invoice_id, cdrs }))
  },
  async terminalsByReference(ptp, reference) {
    const params = [ptp.countryCode, ptp.partyId, foldCase(reference)]
    const { rows } = await database.query<ObjectRow>(selectTerminalsByReference, params)
    return rows.map(rowObject)
  },
  async terminalsServing(ptp, { locationId, evseUid }) {
    const params = [ptp.countryCode, ptp.partyId, foldCase(locationId), foldCase(evseUid)]
    const { rows } = await database.query<ObjectRow>(selectTerminalsServing, params)
    return rows.map(rowObject)
  },
  async evsesWithout(party, { locationIds, evseUids }, capabilities, limit) {
    if (locationIds.length + evseUids.length === 0) return []
    const params = [
      party.countryCode,
      party.partyId,
      locationIds.map(idText.location),
      evseUids.map(uidText),
      [...capabilities],
      limit,
    ]
    const { rows } = await database.query<ObjectRow>(selectEvsesWithoutCapabilities, params)
    return rows.map(rowObject)
  },
})
