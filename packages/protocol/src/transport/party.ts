/** A party: ISO 3166-1 alpha-2 country and party id, both upper-cased for comparison (TYP-001). */
export interface PartyId {
  readonly countryCode: string
  readonly partyId: string
}

const LOWER = /[a-z]/

/** ASCII upper case, the folding of CiString comparison (TYP-002). */
export const foldCase = (text: string): string =>
  LOWER.test(text) ? text.replace(/[a-z]+/g, (part) => part.toUpperCase()) : text

/** The party of a country code and a party id, folded for comparison. */
export const partyOf = (countryCode: string, partyId: string): PartyId => ({
  countryCode: foldCase(countryCode),
  partyId: foldCase(partyId),
})

/** `DE*IWC`: for people and for map keys. */
export const partyLabel = (party: PartyId): string => `${party.countryCode}*${party.partyId}`

/** True when both name the same party, whatever the case. */
export const sameParty = (a: PartyId, b: PartyId): boolean =>
  foldCase(a.countryCode) === foldCase(b.countryCode) && foldCase(a.partyId) === foldCase(b.partyId)
