import type { Caller } from '@interwatt/server'
import type { InboundToken, Partner } from '@interwatt/store'
import type { Directory } from '../directory/partner-directory.js'
import type { Secrets } from '../secrets.js'

const REFUSED: readonly Partner['status'][] = ['SUSPENDED', 'UNREGISTERED']

/**
 * What a token opens. Token A and a token whose handshake is not finished open versions and credentials only; a partner
 * whose answer to our registration was lost may still update its credentials, which repairs the connection (C-F11).
 */
const accessOf = (partner: Partner, token: InboundToken): Caller['access'] => {
  if (token.purpose === 'invitation') return 'registration'
  if (token.purpose === 'next') return partner.status === 'INVITING' ? 'registration' : 'full'
  return 'full'
}

const callerOf = (partner: Partner, inbound: InboundToken, token: string): Caller => ({
  partnerId: partner.id,
  partnerName: partner.name,
  access: accessOf(partner, inbound),
  version: partner.version,
  roles: partner.roles.map(({ role, party }) => ({ role, party })),
  isHub: partner.hubParty !== null,
  token,
})

/** Finds the caller by hash of the token candidates, most likely first (TRN-006, TRN-010). */
export const createAuthenticate =
  (directory: Directory, secrets: Secrets) =>
  async (candidates: readonly string[]): Promise<Caller | undefined> => {
    const hashes = candidates.map((candidate) => secrets.hash(candidate))
    const found = await directory.findByToken(hashes)
    const presented = found && candidates[hashes.indexOf(found.token.hash)]
    if (found === undefined || presented === undefined || REFUSED.includes(found.partner.status))
      return undefined
    return callerOf(found.partner, found.token, presented)
  }
