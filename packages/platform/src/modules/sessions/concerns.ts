import type { Document } from '@interwatt/store'
import { asDocument } from '../serving.js'

/** Whether a session or CDR belongs to a token of one of these parties (SES-010). */
export const concerns = (
  document: Document,
  parties: readonly { readonly countryCode: string; readonly partyId: string }[],
): boolean => {
  const token = asDocument(document.cdr_token)
  return parties.some(
    (party) =>
      String(token.country_code).toUpperCase() === party.countryCode &&
      String(token.party_id).toUpperCase() === party.partyId,
  )
}
