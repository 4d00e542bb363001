import { hash } from 'node:crypto'
import type { Caller } from '@interwatt/server'
import type { InboundToken, Partner, PartnerProfile } from '@interwatt/store'
import type { HubClients } from '../directory/hub-clients.js'
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

/** Both ends of a connection between one party each (ROL-006). */
const partiesOf = ({ own, roles }: Partner): Caller['parties'] => {
  const theirs = roles[0]?.party
  return own == null || theirs === undefined ? undefined : { own: own.party, theirs }
}

const callerOf = (
  partner: Partner,
  inbound: InboundToken,
  { accepts }: PartnerProfile,
  token: string,
): Caller => ({
  partnerId: partner.id,
  partnerName: partner.name,
  access: accessOf(partner, inbound),
  version: partner.version,
  roles: partner.roles.map(({ role, party }) => ({ role, party })),
  accepts,
  parties: partiesOf(partner),
  isHub: partner.hubParty !== null,
  token,
})

const KEPT_MAX = 4096

/**
 * Keyed hashes of what was presented lately. A partner presents the same token with every request, and its keyed hash takes
 * longer than all else that is done to find the caller. Kept by digest, so that no token is.
 */
const rememberHashes = (secrets: Pick<Secrets, 'hash'>): ((candidate: string) => string) => {
  const kept = new Map<string, string>()
  return (candidate) => {
    const digest = hash('sha256', candidate, 'base64')
    const known = kept.get(digest)
    if (known !== undefined) return known
    if (kept.size >= KEPT_MAX) kept.clear()
    const keyed = secrets.hash(candidate)
    kept.set(digest, keyed)
    return keyed
  }
}

/** Finds the caller by hash of the token candidates, most likely first (TRN-006, TRN-010). */
export const createAuthenticate = (
  directory: Pick<Directory, 'findByToken' | 'profile'>,
  secrets: Pick<Secrets, 'hash'>,
  hubClients: Pick<HubClients, 'of'>,
) => {
  const hashOf = rememberHashes(secrets)
  return async (candidates: readonly string[]): Promise<Caller | undefined> => {
    const hashes = candidates.map(hashOf)
    const found = await directory.findByToken(hashes)
    const presented = found && candidates[hashes.indexOf(found.token.hash)]
    if (found === undefined || presented === undefined || REFUSED.includes(found.partner.status))
      return undefined
    const { partner, token } = found
    const caller = callerOf(partner, token, directory.profile(partner.id), presented)
    return caller.isHub ? { ...caller, clients: await hubClients.of(partner) } : caller
  }
}
