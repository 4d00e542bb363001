import { type PartyId, sameParty } from '@interwatt/protocol'
import type { PartyStore } from '@interwatt/store'
import type { Directory } from '../directory/partner-directory.js'
import { type PartyFinding, type PartyService, problem } from '../services.js'

const ROLES: readonly string[] = ['CPO', 'EMSP', 'NAP', 'NSP', 'OTHER', 'PTP', 'SCSP']

export interface PartyServiceDeps {
  readonly parties: PartyStore
  readonly directory: Directory
  /** What is wrong across the objects of a party. */
  findings(party: PartyId, limit: number): Promise<readonly PartyFinding[]>
  /** The list of hosted parties changed: partners may be told. */
  onChanged(): void
}

/** Parties this node hosts. */
export const createPartyService = (deps: PartyServiceDeps): PartyService => ({
  async put(party) {
    const unknown = party.roles.find((role) => !ROLES.includes(role))
    if (unknown !== undefined)
      return problem(422, 'Unknown role', `${unknown} is none of ${ROLES.join(', ')}.`)
    if (party.roles.length === 0)
      return problem(422, 'No role', `roles takes at least one of ${ROLES.join(', ')}.`)
    const taken = deps.directory
      .partners()
      .find(
        (partner) =>
          partner.status === 'REGISTERED' &&
          partner.roles.some(
            (role) =>
              party.roles.includes(role.role) &&
              role.party.countryCode === party.party.countryCode &&
              role.party.partyId === party.party.partyId,
          ),
      )
    if (taken)
      return problem(
        409,
        'The party is taken',
        `Partner ${taken.name} registered this party in the same role.`,
      )
    await deps.parties.put({ ...party, roles: [...new Set(party.roles)] })
    await deps.directory.reload()
    deps.onChanged()
    return { kind: 'done', value: party }
  },
  list: () => deps.parties.list(),
  async findings(party, limit) {
    const hosted = deps.directory.hosted().some((own) => sameParty(own.party, party))
    return hosted ? deps.findings(party, limit) : undefined
  },
})
