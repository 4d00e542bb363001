import { type PartyId, sameParty } from '@interwatt/protocol'
import type { Call } from '@interwatt/server'
import { type Directory, hostedIn } from '../directory/partner-directory.js'
import { partiesIn } from './access.rules.js'

type Asked = Pick<Call, 'caller' | 'routing'>

/** The parties of the caller for which a request is made: the one it names, if it has that role, else all in these roles. */
export const callingParties = ({ caller, routing }: Asked, roles: readonly string[]): readonly PartyId[] => {
  const { from } = routing
  const parties = partiesIn(caller, roles)
  return from === undefined ? parties : parties.filter((party) => sameParty(party, from))
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
