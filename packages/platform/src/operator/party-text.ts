import { foldCase, type PartyId, partyOf } from '@interwatt/protocol'

/** A party written as one text in a query: `DE*IWC`, `DE-IWC` or `DEIWC`. */
export const partyFrom = (text: string): PartyId => {
  const bare = foldCase(text).replace(/[*-]/, '')
  return partyOf(bare.slice(0, 2), bare.slice(2))
}
