import {
  foldCase,
  type ModuleId,
  OcpiRefusal,
  type PartyId,
  type PartyObjectKind,
  partyLabel,
  type Side,
  sameParty,
} from '@interwatt/protocol'
import type { Caller } from '@interwatt/server'
import type { HostedParty, Partner } from '@interwatt/store'

/** Roles that own the data of a module, and roles that may be told about it (roles-and-modules 2.2). */
interface ModuleRoles {
  readonly owners: readonly string[]
  readonly readers: readonly string[]
}

export const moduleRoles: Readonly<Record<Exclude<ModuleId, 'credentials' | 'hubclientinfo'>, ModuleRoles>> =
  {
    locations: { owners: ['CPO', 'NAP'], readers: ['EMSP', 'NSP', 'NAP', 'OTHER', 'PTP', 'SCSP'] },
    tariffs: { owners: ['CPO', 'NAP'], readers: ['EMSP', 'NSP', 'NAP', 'OTHER', 'PTP'] },
    sessions: { owners: ['CPO'], readers: ['EMSP', 'SCSP', 'PTP'] },
    cdrs: { owners: ['CPO'], readers: ['EMSP', 'PTP'] },
    tokens: { owners: ['EMSP'], readers: ['CPO'] },
    commands: { owners: ['EMSP', 'PTP'], readers: ['CPO'] },
    chargingprofiles: { owners: ['EMSP', 'SCSP'], readers: ['CPO'] },
    payments: { owners: ['PTP'], readers: ['CPO'] },
    bookings: { owners: ['CPO'], readers: ['EMSP'] },
    invoicereconciliation: { owners: ['CPO', 'EMSP'], readers: ['EMSP', 'CPO'] },
  }

/** Module of every kind of object. */
export const moduleOf = {
  location: 'locations',
  evse: 'locations',
  tariff: 'tariffs',
  token: 'tokens',
  session: 'sessions',
  cdr: 'cdrs',
  terminal: 'payments',
  financial_advice_confirmation: 'payments',
  invoice_reconciliation_record: 'invoicereconciliation',
  booking_location: 'bookings',
  booking: 'bookings',
} as const satisfies Readonly<Record<PartyObjectKind, keyof typeof moduleRoles>>

const isModule = (module: string): module is keyof typeof moduleRoles => Object.hasOwn(moduleRoles, module)

/** What is between two parties does not go through a hub (PAY-004, INV-006). */
const betweenTwo: readonly string[] = ['payments', 'invoicereconciliation']

const overlaps = (roles: readonly string[], wanted: readonly string[]): boolean =>
  roles.some((role) => wanted.includes(role))

/** An eMSP takes what SCSPs ask of the CPOs of its customers' sessions (CP-038). */
const relaysProfiles = (
  { roles }: Pick<Caller, 'roles'>,
  hosted: readonly HostedParty[],
  module: string,
  side: Side,
): boolean =>
  module === 'chargingprofiles' &&
  side === 'RECEIVER' &&
  roles.some(({ role }) => role === 'SCSP') &&
  hosted.some((party) => party.roles.includes('EMSP'))

/**
 * Whether version details list a module side to a caller (VER-015): a side of ours is of use when a party we host
 * plays it and a role of the caller plays the other. A caller whose roles are not known yet sees all of ours, and so does a hub:
 * parties of every role may be behind it.
 */
export const offersModule = (
  caller: Pick<Caller, 'roles' | 'isHub'>,
  hosted: readonly HostedParty[],
  module: string,
  side: Side,
): boolean => {
  if (module === 'credentials') return side === 'SENDER'
  // Any party can be told of others by a hub (HCI-009); being one is not built.
  if (module === 'hubclientinfo')
    return side === 'RECEIVER' && hosted.length > 0 && (caller.isHub || caller.roles.length === 0)
  if (!isModule(module)) return false
  const { owners, readers } = moduleRoles[module]
  const [ours, theirs] = side === 'SENDER' ? [owners, readers] : [readers, owners]
  if (relaysProfiles(caller, hosted, module, side)) return true
  if (!hosted.some((party) => overlaps(party.roles, ours))) return false
  return (
    caller.roles.length === 0 ||
    (caller.isHub && !betweenTwo.includes(module)) ||
    overlaps(
      caller.roles.map((role) => role.role),
      theirs,
    )
  )
}

/**
 * The party a caller may write under: one of its own, in a role that owns the module's data.
 * A foreign party is 404 (TRN-112) where it stands in the URL and 2001 in a body (CDR-025), a party in the wrong role 2001 (ROL-007). A hub
 * brings what parties behind it own, whether it registered them as its roles or not (TRN-113); see `hasOwnSource` for those it may not speak for.
 */
export const assertMayOwn = (
  caller: Caller,
  module: keyof typeof moduleRoles,
  party: PartyId,
  foreign: 'unknownParty' | 'invalid' = 'unknownParty',
): void => {
  const own = caller.roles.filter((role) => sameParty(role.party, party))
  if (own.length === 0 && caller.isHub && !betweenTwo.includes(module)) return
  if (own.length === 0)
    throw new OcpiRefusal(foreign, `Party ${partyLabel(party)} is not one of your registered roles.`)
  const { owners } = moduleRoles[module]
  if (!own.some((role) => owners.includes(role.role))) {
    throw new OcpiRefusal(
      'invalid',
      `Party ${partyLabel(party)} is not registered as ${owners.join(' or ')}, so it owns no ${module} (ROL-007).`,
    )
  }
}

/** What is known of parties: those this node hosts, and those with a connection of their own. */
interface KnownParties {
  hosted(): readonly HostedParty[]
  partners(): readonly Pick<Partner, 'id' | 'status' | 'roles'>[]
}

const BOUND: readonly Partner['status'][] = ['REGISTERED', 'UPDATING', 'SUSPENDED']

/**
 * Whether a partner that passes on what others own, a hub or NAP, has to leave this party alone: this node hosts it, or its
 * owner has a connection of its own. What passes through others never replaces that (CRD-013, promise 3).
 */
export const hasOwnSource = (
  known: KnownParties,
  bringer: { readonly partnerId: string; readonly roles: Caller['roles'] },
  module: keyof typeof moduleRoles,
  party: PartyId,
): boolean => {
  const { owners } = moduleRoles[module]
  const isOwner = ({ role, party: other }: Caller['roles'][number]): boolean =>
    role === owners[0] && sameParty(other, party)
  if (bringer.roles.some(isOwner)) return false
  const hostedHere = known
    .hosted()
    .some((own) => sameParty(own.party, party) && own.roles.some((role) => owners.includes(role)))
  return (
    hostedHere ||
    known
      .partners()
      .some(
        ({ id, status, roles }) => id !== bringer.partnerId && BOUND.includes(status) && roles.some(isOwner),
      )
  )
}

type Roles = Pick<Caller, 'roles' | 'clients'>

/** Parties of a caller in any of these roles; of a hub also those behind it that are there. */
export const partiesIn = (
  { roles: own, clients = [] }: Roles,
  roles: readonly string[],
): readonly PartyId[] => registeredIn({ roles: [...own, ...clients] }, roles)

/** Parties that a caller registered in any of these roles. */
export const registeredIn = (caller: Pick<Caller, 'roles'>, roles: readonly string[]): readonly PartyId[] =>
  caller.roles.filter((role) => roles.includes(role.role)).map((role) => role.party)

/** The id in the URL and the one in the body name the same object (TRN-114). */
export const assertSameId = (field: string, inUrl: string, inBody: unknown): void => {
  if (typeof inBody === 'string' && foldCase(inBody) !== foldCase(inUrl)) {
    throw new OcpiRefusal('invalid', `/${field} is "${inBody}" but the URL names "${inUrl}" (TRN-114).`)
  }
}

/** `country_code` and `party_id` of a body equal those of the URL (TRN-115). */
export const assertSameParty = (
  party: PartyId,
  body: { readonly country_code?: unknown; readonly party_id?: unknown },
): void => {
  const country = body.country_code
  const id = body.party_id
  if (typeof country === 'string' && foldCase(country) !== party.countryCode) {
    throw new OcpiRefusal(
      'invalid',
      `/country_code is "${country}" but the URL names ${partyLabel(party)} (TRN-115).`,
    )
  }
  if (typeof id === 'string' && foldCase(id) !== party.partyId) {
    throw new OcpiRefusal('invalid', `/party_id is "${id}" but the URL names ${partyLabel(party)} (TRN-115).`)
  }
}
