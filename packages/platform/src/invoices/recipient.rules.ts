import { foldCase, type PartyId, partyLabel, sameParty } from '@interwatt/protocol'
import type { StoredObject } from '@interwatt/store'

/** The owner of the token of a CDR: who pays for it. */
export const payerOf = ({ document }: Pick<StoredObject, 'document'>): PartyId | undefined => {
  const { cdr_token: token } = document
  if (typeof token !== 'object' || token === null || !('country_code' in token) || !('party_id' in token))
    return undefined
  const { country_code: country, party_id: party } = token
  return typeof country === 'string' && typeof party === 'string'
    ? { countryCode: foldCase(country), partyId: foldCase(party) }
    : undefined
}

/** The party on the other side of a CDR, seen from one of its two parties. */
const otherSide = (cdr: StoredObject, one: PartyId): PartyId | undefined => {
  const payer = payerOf(cdr)
  const { countryCode, partyId } = cdr.key
  if (sameParty(cdr.key, one)) return payer
  return payer !== undefined && sameParty(payer, one) ? { countryCode, partyId } : undefined
}

/** True for a CDR between these two parties, whichever of them charged: the namespace of its id (INV-021). */
export const isBetween = (cdr: StoredObject, a: PartyId, b: PartyId): boolean => {
  const other = otherSide(cdr, a)
  return other !== undefined && sameParty(other, b)
}

/** Who gets an invoice record, or why nobody can. */
export type Recipient =
  | { readonly kind: 'party'; readonly party: PartyId }
  | { readonly kind: 'unknown_cdrs'; readonly ids: readonly string[] }
  | { readonly kind: 'different'; readonly parties: readonly string[] }
  | { readonly kind: 'ambiguous'; readonly parties: readonly string[] }

/**
 * The one party that all listed CDRs are with: the payer where the issuer charged (direct billing), the operator where the issuer
 * paid (reverse billing). An id that several operators use counts for each of them (INV-006, INV-021).
 */
export const recipientOf = (
  issuer: PartyId,
  ids: readonly string[],
  cdrs: readonly StoredObject[],
): Recipient => {
  const candidates = new Map<string, PartyId>()
  const partiesOf = new Map<string, Set<string>>(ids.map((id) => [foldCase(id), new Set()]))
  for (const cdr of cdrs) {
    const other = otherSide(cdr, issuer)
    if (other === undefined) continue
    const label = partyLabel(other)
    candidates.set(label, other)
    partiesOf.get(foldCase(String(cdr.document.id)))?.add(label)
  }
  const unknown = ids.filter((id) => partiesOf.get(foldCase(id))?.size === 0)
  if (unknown.length > 0) return { kind: 'unknown_cdrs', ids: unknown }
  const common = [...candidates.keys()].filter((label) =>
    [...partiesOf.values()].every((labels) => labels.has(label)),
  )
  const [label] = common
  const party = label === undefined ? undefined : candidates.get(label)
  if (party === undefined) return { kind: 'different', parties: [...candidates.keys()].sort() }
  return common.length > 1 ? { kind: 'ambiguous', parties: common.sort() } : { kind: 'party', party }
}
