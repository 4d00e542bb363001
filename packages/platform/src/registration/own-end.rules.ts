import {
  otherRole,
  type PartyId,
  type PartyRole,
  partyLabel,
  sameParty,
  type VersionId,
  versionOf,
} from '@interwatt/protocol'
import type { HostedParty, OwnEnd, Partner } from '@interwatt/store'

/** What an operator, an invitation or an address says about our end of a connection. */
export interface EndWish {
  /** Role of ours; the partner then has the other one. */
  readonly role?: PartyRole | undefined
  readonly party?: PartyId | undefined
}

/** Our end of the connection, or why it cannot be told, for whoever has to say it. */
export type EndChoice = { readonly end: OwnEnd } | { readonly unclear: string }

const ROLES: readonly PartyRole[] = ['CPO', 'EMSP']

const endsOf = (hosted: readonly HostedParty[]): readonly OwnEnd[] =>
  hosted.flatMap(({ party, roles }) =>
    ROLES.filter((role) => roles.includes(role)).map((role) => ({ role, party })),
  )

/** The one end of ours that fits what is said (ROL-006). */
export const chooseEnd = (hosted: readonly HostedParty[], wish: EndWish): EndChoice => {
  const fitting = endsOf(hosted).filter(
    ({ role, party }) =>
      (wish.role === undefined || role === wish.role) &&
      (wish.party === undefined || sameParty(party, wish.party)),
  )
  const [end, second] = fitting
  if (end === undefined) {
    const who = wish.party === undefined ? 'No party' : partyLabel(wish.party)
    return { unclear: `${who} is not hosted here as ${wish.role ?? 'CPO or EMSP'}.` }
  }
  if (second === undefined) return { end }
  const ends = fitting.map(({ role, party }) => `${partyLabel(party)} as ${role}`).join(', ')
  return { unclear: `This version connects one party in one role on each side; here that may be ${ends}.` }
}

/** Whether connections of this version stand for one party in one role on each side. */
export const connectsParties = (version: VersionId): boolean =>
  versionOf(version)?.traits.connects === 'parties'

/** What a stored connection says about our end: what was agreed, else the other role than the partner's. */
export const wishOf = (partner: Pick<Partner, 'own' | 'roles'>): EndWish => {
  if (partner.own != null) return partner.own
  const roles = new Set(partner.roles.map(({ role }) => role))
  const [only] = [...roles]
  const theirs = roles.size === 1 ? ROLES.find((role) => role === only) : undefined
  return theirs === undefined ? {} : { role: otherRole(theirs) }
}
