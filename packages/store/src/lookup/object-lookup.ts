import { partyOf } from '@interwatt/protocol'
import type { Database } from '../database/index.js'
import { bookingLocationKey, locationKey, sessionKey, tariffKey, tokenKey } from '../keys/index.js'
import { type ObjectRow, rowObject } from '../objects/object-row.js'
import type { ObjectLookup } from '../ports/index.js'
import { selectEvsesWithTariffs } from '../sql/lookup/select-evses-with-tariffs.js'
import { selectObjectsById } from '../sql/lookup/select-objects-by-id.js'
import { selectTariffInUse } from '../sql/lookup/select-tariff-in-use.js'
import { selectTokensByUid } from '../sql/lookup/select-tokens-by-uid.js'

/** Only the key text of an id is wanted here; the party plays no part. */
const anyParty = partyOf('ZZ', 'ZZZ')

const idText = {
  location: (id: string) => locationKey(anyParty, id).id,
  session: (id: string) => sessionKey(anyParty, id).id,
  tariff: (id: string) => tariffKey(anyParty, id).id,
  booking_location: (id: string) => bookingLocationKey(anyParty, id).id,
} as const

/** Key texts of all tokens with one uid: everything from `UID/` up to `UID0`, the character after the slash. */
const tokenRange = (uid: string): readonly [string, string] => {
  const from = tokenKey(anyParty, uid, '').id
  return [from, `${from.slice(0, -1)}0`]
}

/** Objects by id alone, in PostgreSQL. */
export const createObjectLookup = (database: Database): ObjectLookup => ({
  async tokensByUid(uid) {
    const { rows } = await database.query<ObjectRow>(selectTokensByUid, tokenRange(uid))
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
})
