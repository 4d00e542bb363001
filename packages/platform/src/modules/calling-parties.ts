import { type PartyId, sameParty } from '@interwatt/protocol'
import type { Call } from '@interwatt/server'
import { type Directory, hostedIn } from '../directory/partner-directory.js'
import { partiesIn, registeredIn } from './access.rules.js'

type Asked = Pick<Call, 'caller' | 'routing'>

/** The parties a caller registered for which a request is made: the one it names, if it has that role, else all in these roles. */
export const callingParties = ({ caller, routing }: Asked, roles: readonly string[]): readonly PartyId[] => {
  const { from } = routing
  const parties = registeredIn(caller, roles)
  return from === undefined ? parties : parties.filter((party) => sameParty(party, from))
}

/**
 * The parties of the caller whose objects a request may be about. A hub that says for whom of those behind it it asks is shown
 * what is that party's, not what is of others.
 */
export const concernedParties = (
  { caller, routing }: Asked,
  roles: readonly string[],
): readonly PartyId[] => {
  const parties = partiesIn(caller, roles)
  const { from } = routing
  const named = caller.isHub && from ? parties.filter((party) => sameParty(party, from)) : []
  return named.length > 0 ? named : parties
}

/** Parties of ours in one of these roles that a request is for: the one it is addressed to, else all of them. */
export const addressedParties = (
  directory: Pick<Directory, 'hosted'>,
  { routing }: Pick<Asked, 'routing'>,
  roles: readonly string[],
): readonly PartyId[] => {
  const all = roles.flatMap((role) => hostedIn(directory.hosted(), role, routing.to))
  return all.filter((party, index) => all.findIndex((other) => sameParty(other, party)) === index)
}
