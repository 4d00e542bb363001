import type { ModuleId, Operation, PartyId } from '@interwatt/protocol'
import type { HostedParty, Partner } from '@interwatt/store'
import { advertises } from '../push/audience.rules.js'

/** Modules that are pulled, in the order references can be resolved. */
const pullModules = [
  'tariffs',
  'locations',
  'tokens',
  'booking_locations',
  'bookings',
  'sessions',
  'cdrs',
] as const
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

/** The list of a pulled module: where it is advertised, and the operation that reads it. */
export const listOf = {
  tariffs: { module: 'tariffs', operation: 'tariffs.sender.list' },
  locations: { module: 'locations', operation: 'locations.sender.list' },
  tokens: { module: 'tokens', operation: 'tokens.sender.list' },
  sessions: { module: 'sessions', operation: 'sessions.sender.list' },
  cdrs: { module: 'cdrs', operation: 'cdrs.sender.list' },
  booking_locations: { module: 'bookings', operation: 'bookings.sender.listLocations' },
  bookings: { module: 'bookings', operation: 'bookings.sender.list' },
} as const satisfies Record<PullModule, { readonly module: ModuleId; readonly operation: Operation }>

const readersOfPlaces = ['EMSP', 'NSP', 'NAP', 'OTHER', 'PTP']

const roles: Readonly<Record<PullModule, PullRoles>> = {
  tariffs: { owners: ['CPO', 'NAP'], readers: readersOfPlaces, personal: false },
  locations: { owners: ['CPO', 'NAP'], readers: readersOfPlaces, personal: false },
  tokens: { owners: ['EMSP'], readers: ['CPO'], personal: false },
  sessions: { owners: ['CPO'], readers: ['EMSP'], personal: true },
  cdrs: { owners: ['CPO'], readers: ['EMSP'], personal: true },
  booking_locations: { owners: ['CPO'], readers: ['EMSP'], personal: false },
  bookings: { owners: ['CPO'], readers: ['EMSP'], personal: true },
}

/** What a full crawl without date filters may retire: never sessions, CDRs or bookings. */
export const isRetirable = (module: PullModule): boolean => !roles[module].personal

/** Whether the list must be asked with `date_from` (SES-005). */
export const needsDateFrom = (module: PullModule): boolean => module === 'sessions'

/** A list is asked once per party of a platform (#518); a hub is asked once for all (GET All). */
export const planLegs = (
  module: PullModule,
  partner: Pick<Partner, 'roles' | 'hubParty' | 'endpoints'>,
  scope: { readonly hosted: readonly HostedParty[]; readonly routed: boolean },
): readonly PullLeg[] => {
  if (!advertises(partner, listOf[module].module, 'SENDER')) return []
  const { owners, readers, personal } = roles[module]
  const ours = scope.hosted
    .filter((party) => party.roles.some((role) => readers.includes(role)))
    .map((party) => party.party)
  const theirs = partner.roles.filter((role) => owners.includes(role.role)).map((role) => role.party)
  const asked = partner.hubParty === null ? theirs : [partner.hubParty]
  const legs = (personal ? ours : ours.slice(0, 1)).flatMap((from) => asked.map((to) => ({ from, to })))
  return scope.routed ? legs : legs.slice(0, 1)
}

/** Modules with at least one leg. */
export const modulesToPull = (
  partner: Pick<Partner, 'roles' | 'hubParty' | 'endpoints'>,
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
