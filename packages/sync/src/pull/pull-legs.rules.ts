import type { ModuleId, ObjectKind, Operation, PartyId } from '@interwatt/protocol'
import { sameParty } from '@interwatt/protocol'
import type { HostedParty, Partner } from '@interwatt/store'
import { advertises, isOwnEnd } from '../push/audience.rules.js'

/** Modules that are pulled, in the order references can be resolved. */
const pullModules = [
  'hubclientinfo',
  'tariffs',
  'locations',
  'tokens',
  'booking_locations',
  'bookings',
  'sessions',
  'cdrs',
  'payments/terminals',
  'payments/financial-advice-confirmations',
  'invoicereconciliation',
] as const
export type PullModule = (typeof pullModules)[number]

/** The module a list belongs to, the operation that reads it, the document it holds. */
export const lists = {
  hubclientinfo: { module: 'hubclientinfo', operation: 'hubclientinfo.sender.list', name: 'client_info' },
  tariffs: { module: 'tariffs', operation: 'tariffs.sender.list', name: 'tariff' },
  locations: { module: 'locations', operation: 'locations.sender.list', name: 'location' },
  tokens: { module: 'tokens', operation: 'tokens.sender.list', name: 'token' },
  sessions: { module: 'sessions', operation: 'sessions.sender.list', name: 'session' },
  cdrs: { module: 'cdrs', operation: 'cdrs.sender.list', name: 'cdr' },
  booking_locations: {
    module: 'bookings',
    operation: 'bookings.sender.listLocations',
    name: 'booking_location',
  },
  bookings: { module: 'bookings', operation: 'bookings.sender.list', name: 'booking' },
  'payments/terminals': {
    module: 'payments',
    operation: 'payments.sender.listTerminals',
    name: 'terminal',
  },
  'payments/financial-advice-confirmations': {
    module: 'payments',
    operation: 'payments.sender.listConfirmations',
    name: 'financial_advice_confirmation',
  },
  invoicereconciliation: {
    module: 'invoicereconciliation',
    operation: 'invoicereconciliation.sender.list',
    name: 'invoice_reconciliation_record',
  },
} as const satisfies Readonly<
  Record<PullModule, { readonly module: ModuleId; readonly operation: Operation; readonly name: ObjectKind }>
>

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
  /** Whether what a full crawl did not see is withdrawn. */
  readonly retirable: boolean
  /** Asked of the owner itself, also when the partner is a hub: the objects do not tell whose they are (PAY-004). */
  readonly ownerOnly?: true
  /** Pairs of roles that have something between them, where not every reader has with every owner (ROL-023). */
  readonly pairs?: readonly (readonly [ours: string, theirs: string])[]
}

const readersOfPlaces = ['EMSP', 'NSP', 'NAP', 'OTHER', 'PTP']

const roles: Readonly<Record<PullModule, PullRoles>> = {
  // A hub is asked as a platform by a platform, whatever roles there are (HCI-006).
  hubclientinfo: { owners: [], readers: [], personal: false, retirable: true },
  tariffs: { owners: ['CPO', 'NAP'], readers: readersOfPlaces, personal: false, retirable: true },
  locations: { owners: ['CPO', 'NAP'], readers: readersOfPlaces, personal: false, retirable: true },
  tokens: { owners: ['EMSP'], readers: ['CPO'], personal: false, retirable: true },
  sessions: { owners: ['CPO'], readers: ['EMSP', 'PTP'], personal: true, retirable: false },
  cdrs: { owners: ['CPO'], readers: ['EMSP', 'PTP'], personal: true, retirable: false },
  booking_locations: { owners: ['CPO'], readers: ['EMSP'], personal: false, retirable: true },
  bookings: { owners: ['CPO'], readers: ['EMSP'], personal: true, retirable: false },
  'payments/terminals': {
    owners: ['PTP'],
    readers: ['CPO'],
    personal: true,
    retirable: true,
    ownerOnly: true,
  },
  'payments/financial-advice-confirmations': {
    owners: ['PTP'],
    readers: ['CPO'],
    personal: true,
    retirable: false,
    ownerOnly: true,
  },
  invoicereconciliation: {
    owners: ['CPO', 'EMSP'],
    readers: ['EMSP', 'CPO'],
    personal: true,
    retirable: true,
    ownerOnly: true,
    pairs: [
      ['EMSP', 'CPO'],
      ['CPO', 'EMSP'],
    ],
  },
}

/** What a full crawl without date filters may retire: never sessions, CDRs, bookings or confirmations of payments. */
export const isRetirable = (module: PullModule): boolean => roles[module].retirable

/** Whether parties in this role own what is on the list, of which a hub tells from many at once; in any role that is not theirs alone. */
export const isOwnedBy = (module: PullModule, role: string): boolean => {
  const { owners, ownerOnly } = roles[module]
  return ownerOnly !== true && (owners.includes(role) || (role === 'OTHER' && owners.length > 0))
}

/** Whether the list must be asked with `date_from` (SES-005). */
export const needsDateFrom = (module: PullModule): boolean => module === 'sessions'

const distinct = (parties: readonly PartyId[]): readonly PartyId[] =>
  parties.filter((party, index) => parties.findIndex((other) => sameParty(other, party)) === index)

/** A list is asked once per party of a platform (#518); a hub is asked once for all (GET All). */
export const planLegs = (
  module: PullModule,
  partner: Pick<Partner, 'roles' | 'hubParty' | 'endpoints' | 'own'>,
  scope: { readonly hosted: readonly HostedParty[]; readonly routed: boolean },
): readonly PullLeg[] => {
  if (!advertises(partner, lists[module].module, 'SENDER')) return []
  if (module === 'hubclientinfo') return platformLeg(partner, scope.hosted)
  const { owners, readers, personal, ownerOnly } = roles[module]
  const ours = scope.hosted
    .filter((party) => party.roles.some((role) => readers.includes(role)))
    .map((party) => party.party)
    .filter((party) => isOwnEnd(partner, party))
  const theirs = partner.roles.filter((role) => owners.includes(role.role)).map((role) => role.party)
  const asked = partner.hubParty === null || ownerOnly ? distinct(theirs) : [partner.hubParty]
  const legs = (personal ? distinct(ours) : ours.slice(0, 1)).flatMap((from) =>
    asked.map((to) => ({ from, to })),
  )
  const fitting = legs.filter((leg) => isPair(module, leg, partner, scope.hosted))
  return scope.routed ? fitting : fitting.slice(0, 1)
}

const isPair = (
  module: PullModule,
  leg: PullLeg,
  partner: Pick<Partner, 'roles'>,
  hosted: readonly HostedParty[],
): boolean => {
  const { pairs } = roles[module]
  if (pairs === undefined) return true
  const plays = (role: string): boolean =>
    partner.roles.some((theirs) => theirs.role === role && sameParty(theirs.party, leg.to))
  const hosts = (role: string): boolean =>
    hosted.some((ours) => ours.roles.includes(role) && sameParty(ours.party, leg.from))
  return pairs.some(([ours, theirs]) => hosts(ours) && plays(theirs))
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
