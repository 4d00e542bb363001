import type { PartyId } from '@interwatt/protocol'
import type { HostedParty, Partner } from '@interwatt/store'
import { advertises, isOwnEnd } from '../push/audience.rules.js'

/** Modules that are pulled, in the order references can be resolved. */
const pullModules = ['hubclientinfo', 'tariffs', 'locations', 'tokens', 'sessions', 'cdrs'] as const
export type PullModule = (typeof pullModules)[number]

/** On whose behalf the list is asked of whom. */
export interface PullLeg {
  readonly from: PartyId
  readonly to: PartyId
}

interface PullRoles {
  readonly owners: readonly string[]
  readonly readers: readonly string[]
  /** Each of our parties sees only its own: asked once for each of them (SES-010, CDR-004). */
  readonly personal: boolean
}

const readersOfPlaces = ['EMSP', 'NSP', 'NAP', 'OTHER', 'PTP']

const roles: Readonly<Record<PullModule, PullRoles>> = {
  // A hub is asked as a platform by a platform, whatever roles there are (HCI-006).
  hubclientinfo: { owners: [], readers: [], personal: false },
  tariffs: { owners: ['CPO', 'NAP'], readers: readersOfPlaces, personal: false },
  locations: { owners: ['CPO', 'NAP'], readers: readersOfPlaces, personal: false },
  tokens: { owners: ['EMSP'], readers: ['CPO'], personal: false },
  sessions: { owners: ['CPO'], readers: ['EMSP'], personal: true },
  cdrs: { owners: ['CPO'], readers: ['EMSP'], personal: true },
}

/** What a full crawl without date filters may retire: never sessions or CDRs. */
export const isRetirable = (module: PullModule): boolean => !roles[module].personal

/** Whether the list must be asked with `date_from` (SES-005). */
export const needsDateFrom = (module: PullModule): boolean => module === 'sessions'

/** A list is asked once per party of a platform (#518); a hub is asked once for all (GET All). */
export const planLegs = (
  module: PullModule,
  partner: Pick<Partner, 'roles' | 'hubParty' | 'endpoints' | 'own'>,
  scope: { readonly hosted: readonly HostedParty[]; readonly routed: boolean },
): readonly PullLeg[] => {
  if (!advertises(partner, module, 'SENDER')) return []
  if (module === 'hubclientinfo') return platformLeg(partner, scope.hosted)
  const { owners, readers, personal } = roles[module]
  const ours = scope.hosted
    .filter((party) => party.roles.some((role) => readers.includes(role)))
    .map((party) => party.party)
    .filter((party) => isOwnEnd(partner, party))
  const theirs = partner.roles.filter((role) => owners.includes(role.role)).map((role) => role.party)
  const asked = partner.hubParty === null ? theirs : [partner.hubParty]
  const legs = (personal ? ours : ours.slice(0, 1)).flatMap((from) => asked.map((to) => ({ from, to })))
  return scope.routed ? legs : legs.slice(0, 1)
}

/** The one question to a hub; it needs somebody here who asks. */
const platformLeg = (
  { hubParty }: Pick<Partner, 'hubParty'>,
  hosted: readonly HostedParty[],
): readonly PullLeg[] => {
  const [first] = hosted
  return hubParty === null || first === undefined ? [] : [{ from: first.party, to: hubParty }]
}

/** Modules with at least one leg. */
export const modulesToPull = (
  partner: Pick<Partner, 'roles' | 'hubParty' | 'endpoints' | 'own'>,
  scope: { readonly hosted: readonly HostedParty[]; readonly routed: boolean },
): readonly PullModule[] => pullModules.filter((module) => planLegs(module, partner, scope).length > 0)

/** Whether an object of this owner may come from this partner (TRN-083); a hub passes on what others own (TRN-113). */
export const mayOwn = (
  module: PullModule,
  partner: Pick<Partner, 'roles' | 'hubParty'>,
  owner: PartyId,
): boolean =>
  partner.hubParty !== null ||
  partner.roles.some(
    (role) =>
      roles[module].owners.includes(role.role) &&
      role.party.countryCode.toUpperCase() === owner.countryCode.toUpperCase() &&
      role.party.partyId.toUpperCase() === owner.partyId.toUpperCase(),
  )
