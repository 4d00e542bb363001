import { type PartyId, type PartyObjectKind, partyOf } from '@interwatt/protocol'
import { evseKey, keyById, type ObjectKey, tokenKey } from '@interwatt/store'

/** Path parameters that name an object: its party, and `id`, `uid` or `terminal_id`. */
export interface ObjectAddress {
  readonly country_code: string
  readonly party_id: string
  readonly id?: string
  readonly uid?: string
  readonly terminal_id?: string
}

/** Path parameters of an EVSE. */
export interface EvseAddress {
  readonly country_code: string
  readonly party_id: string
  readonly id: string
  readonly uid: string
}

const ownerOf = ({ country_code, party_id }: Omit<ObjectAddress, 'id' | 'uid'>): PartyId =>
  partyOf(country_code, party_id)

/** Key of a token; its type belongs to its identity and is RFID when left out (TOK-026). */
export const tokenKeyOf = (address: ObjectAddress, type = 'RFID'): ObjectKey =>
  tokenKey(ownerOf(address), address.uid ?? '', type)

/** Key of an object by its address. `type` counts for tokens only. */
export const objectKeyOf = (
  kind: Exclude<PartyObjectKind, 'evse'>,
  address: ObjectAddress,
  type?: string,
): ObjectKey =>
  kind === 'token'
    ? tokenKeyOf(address, type)
    : keyById[kind](ownerOf(address), address.id ?? address.terminal_id ?? '')

/** Key of an EVSE of a location. */
export const evseKeyOf = (address: EvseAddress): ObjectKey =>
  evseKey(ownerOf(address), address.id, address.uid)
