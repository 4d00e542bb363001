import type { ClientPartner } from '@interwatt/client'
import type { Partner, PartnerProfile } from '@interwatt/store'
import type { Secrets } from '../secrets.js'

/**
 * Gives a partner with its token in clear text, in memory only; undefined when it has no token or no version.
 * Opened tokens are remembered by their sealed form, so that a push does not decrypt anew.
 */
export const createOpenPartner = (secrets: Secrets, profileOf: (partnerId: string) => PartnerProfile) => {
  const opened = new Map<string, { readonly sealed: string; readonly token: string }>()
  return (partner: Partner): ClientPartner | undefined => {
    const sealed = partner.outboundToken
    if (sealed === null || partner.version === null) return undefined
    const known = opened.get(partner.id)
    const token = known?.sealed === sealed ? known.token : secrets.decrypt(sealed)
    if (known?.sealed !== sealed) opened.set(partner.id, { sealed, token })
    return {
      id: partner.id,
      version: partner.version,
      token,
      tokenEncoding: partner.tokenEncoding,
      endpoints: partner.endpoints,
      manners: profileOf(partner.id).sends,
    }
  }
}
