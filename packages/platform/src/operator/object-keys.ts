import { foldCase, type ObjectKind } from '@interwatt/protocol'
import type { ObjectKey } from '@interwatt/store'

/** Path parameters that name an object: its party, and `id` or `uid`. */
export interface ObjectAddress {
  readonly country_code: string
  readonly party_id: string
  readonly id?: string
  readonly uid?: string
}

/** Path parameters of an EVSE. */
export interface EvseAddress {
  readonly country_code: string
  readonly party_id: string
  readonly id: string
  readonly uid: string
}

const segment = (text: string): string => encodeURIComponent(foldCase(text))

const keyOf = (
  kind: ObjectKind,
  party: { readonly country_code: string; readonly party_id: string },
  ...segments: readonly string[]
): ObjectKey => ({
  kind,
  countryCode: foldCase(party.country_code),
  partyId: foldCase(party.party_id),
  id: segments.map(segment).join('/'),
})

/** Key of a token; its type belongs to its identity and is RFID when left out (TOK-026). */
export const tokenKey = (address: ObjectAddress, type = 'RFID'): ObjectKey =>
  keyOf('token', address, address.uid ?? '', type)

/** Key of an object by its address. `type` counts for tokens only. */
export const objectKeyOf = (
  kind: Exclude<ObjectKind, 'evse'>,
  address: ObjectAddress,
  type?: string,
): ObjectKey => (kind === 'token' ? tokenKey(address, type) : keyOf(kind, address, address.id ?? ''))

/** Key of an EVSE of a location. */
export const evseKeyOf = (address: EvseAddress): ObjectKey => keyOf('evse', address, address.id, address.uid)
