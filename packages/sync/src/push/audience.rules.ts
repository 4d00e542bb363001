import type { ModuleId, ObjectKind, PartyId } from '@interwatt/protocol'
import { isJsonObject, sameParty } from '@interwatt/protocol'
import type { Document, HostedParty, Partner } from '@interwatt/store'

/** Modules whose objects are pushed, in the order a receiver can resolve their references. */
export const pushModules = [
  'tariffs',
  'locations',
  'tokens',
  'bookings',
  'sessions',
  'cdrs',
  'payments',
  'invoicereconciliation',
] as const
/** A module whose objects are pushed. */
export type PushModule = (typeof pushModules)[number]

/** Rows that belong to a module. */
export const kindsOf: Readonly<Record<PushModule, readonly ObjectKind[]>> = {
  tariffs: ['tariff'],
  locations: ['location', 'evse'],
  tokens: ['token'],
  sessions: ['session'],
  cdrs: ['cdr'],
  payments: ['terminal', 'financial_advice_confirmation'],
  invoicereconciliation: ['invoice_reconciliation_record'],
  bookings: ['booking_location', 'booking'],
}

interface ModuleRoles {
  /** Roles of ours that may own such objects (ROL-007). */
  readonly owners: readonly string[]
  /** Roles of theirs that are told about them (roles-and-modules 2.2). */
  readonly readers: readonly string[]
  /**
   * Addressed to one party only, never broadcast through a hub (CDR-019, SES-068, INV-006): that of `cdr_token` (ROL-009), or the
   * addressee that is stored with the object.
   */
  readonly addressed: false | 'token' | 'addressee'
}

const roles: Readonly<Record<PushModule, ModuleRoles>> = {
  tariffs: {
    owners: ['CPO', 'NAP'],
    readers: ['EMSP', 'NSP', 'NAP', 'OTHER', 'PTP'],
    addressed: false,
  },
  locations: {
    owners: ['CPO', 'NAP'],
    readers: ['EMSP', 'NSP', 'NAP', 'OTHER', 'PTP'],
    addressed: false,
  },
  tokens: { owners: ['EMSP'], readers: ['CPO'], addressed: false },
  sessions: { owners: ['CPO'], readers: ['EMSP', 'PTP'], addressed: 'token' },
  cdrs: { owners: ['CPO'], readers: ['EMSP', 'PTP'], addressed: 'token' },
  payments: { owners: ['PTP'], readers: ['CPO'], addressed: 'addressee' },
  invoicereconciliation: { owners: ['CPO', 'EMSP'], readers: ['EMSP', 'CPO'], addressed: 'addressee' },
  /** Never by broadcast push, not even the places (BKG-065). */
  bookings: { owners: ['CPO'], readers: ['EMSP'], addressed: 'token' },
}

/** Who a push may be addressed to, and on whose behalf. */
export interface Audience {
  readonly partner: Pick<Partner, 'roles' | 'hubParty' | 'endpoints' | 'own'> &
    Partial<Pick<Partner, 'profilesAllowed'>>
  readonly hosted: readonly HostedParty[]
  /** Whether the partner's version has routing headers; without them there is one push, not one per party. */
  readonly routed: boolean
  /** Parties behind a hub that it says are not there; nothing is sent to them, and nothing kept for them (HCI-010, HCI-011). */
  readonly absent?: readonly PartyId[]
  /** Parties behind a hub that are there in a role, besides the roles it registered (HCI-013). */
  readonly clients?: readonly { readonly role: string; readonly party: PartyId }[]
}

/** What a partner gets of one object: the parties to address, or why it gets nothing. */
export type Reach =
  | {
      readonly kind: 'push'
      readonly to: readonly PartyId[]
      /** True when only what the partner was told of before is of interest to it. */
      readonly ifKnown?: true
    }
  /** Not published, so never sent; but told when it may hold an earlier, published state. */
  | { readonly kind: 'withdrawn'; readonly to: readonly PartyId[] }
  | { readonly kind: 'none'; readonly reason: string }

const none = (reason: string): Extract<Reach, { kind: 'none' }> => ({ kind: 'none', reason })

/** True when the partner advertises the receiving side of the module (ROL-003). */
export const advertises = (
  partner: Pick<Partner, 'endpoints'>,
  module: ModuleId,
  side: 'SENDER' | 'RECEIVER',
): boolean =>
  partner.endpoints.some((endpoint) => endpoint.module.toLowerCase() === module && endpoint.side === side)

/** Modules that can concern this partner at all: advertised, read by one of its roles, owned by one of ours. */
export const modulesFor = (audience: Audience): readonly PushModule[] =>
  pushModules.filter(
    (module) =>
      advertises(audience.partner, module, 'RECEIVER') &&
      readersOf(audience, module).length > 0 &&
      audience.hosted.some((party) => party.roles.some((role) => roles[module].owners.includes(role))),
  )

/**
 * The parties of the partner that an object of `owner` goes to. Locations and EVSEs pass the location document,
 * the rest their own, and the addressee that is stored with it.
 */
export const reachOf = (
  audience: Audience,
  module: PushModule,
  owner: PartyId,
  document: Document,
  addressee?: PartyId,
): Reach => {
  const standing = standingOf(audience, module, owner)
  if (standing.kind === 'none') return standing
  const { readers } = standing
  if (roles[module].addressed === 'addressee') return toAddressee(readers, addressee)
  if (module === 'tokens' && document.type === 'EMAID') return none('TOK-042')
  if (module === 'bookings' && requestedBy(document) === undefined)
    return { kind: 'push', to: audience.routed ? readers : readers.slice(0, 1) }
  if (roles[module].addressed === 'token')
    return addressedTo(readers, document, steerersIn(audience, module, readers))
  if (module === 'locations' && document.publish === false) return unpublished(audience, readers, document)
  return { kind: 'push', to: audience.routed ? readers : readers.slice(0, 1) }
}

/** What does not depend on the document: the parties that read what an owner has. */
type Standing =
  | { readonly kind: 'readers'; readonly readers: readonly PartyId[] }
  | Extract<Reach, { kind: 'none' }>

/** Worked out once per owner: an audience does not change, and its rows are many. */
const standings = new WeakMap<Audience, Map<string, Standing>>()

const standingOf = (audience: Audience, module: PushModule, owner: PartyId): Standing => {
  const known = standings.get(audience) ?? new Map<string, Standing>()
  standings.set(audience, known)
  const key = `${module}/${owner.countryCode}/${owner.partyId}`
  const standing = known.get(key) ?? findStanding(audience, module, owner)
  known.set(key, standing)
  return standing
}

const findStanding = (audience: Audience, module: PushModule, owner: PartyId): Standing => {
  if (!advertises(audience.partner, module, 'RECEIVER')) return none('the partner does not offer the module')
  const party = audience.hosted.find((hosted) => sameParty(hosted.party, owner))
  if (party === undefined) return none('the owner is not a party of this node')
  if (!isOwnEnd(audience.partner, owner)) return none('ROL-006')
  if (!party.roles.some((role) => roles[module].owners.includes(role))) return none('ROL-007')
  // An object between two parties may be between two roles of one party id.
  const readers = readersOf(audience, module).filter(
    (reader) => roles[module].addressed === 'addressee' || !sameParty(reader, owner),
  )
  if (readers.length === 0) return none('no role of the partner reads the module')
  const { absent = [] } = audience
  const there = readers.filter((reader) => !absent.some((party) => sameParty(party, reader)))
  return there.length === 0 ? none('HCI-010') : { kind: 'readers', readers: there }
}

/** A connection between one party each carries the objects of that party of ours (ROL-006). */
export const isOwnEnd = ({ own }: Pick<Partner, 'own'>, party: PartyId): boolean =>
  own == null || sameParty(own.party, party)

const rolesOf = ({ partner, clients = [] }: Audience): readonly { role: string; party: PartyId }[] => [
  ...partner.roles,
  ...clients,
]

/** One party per role entry; a hub is addressed once and passes on (TOK-050). */
const readersOf = (audience: Audience, module: PushModule): readonly PartyId[] => {
  const { partner } = audience
  // What is between two parties does not go through a hub (PAY-004, INV-006).
  const behind = roles[module].addressed === 'addressee' ? partner.roles : rolesOf(audience)
  const named = behind
    .filter((role) => roles[module].readers.includes(role.role) || isSteerer(audience, module, role.role))
    .map((role) => role.party)
  if (partner.hubParty !== null && roles[module].addressed === false) return [partner.hubParty]
  return named.filter((party, index) => named.findIndex((other) => sameParty(other, party)) === index)
}

/** An SCSP with a contract follows the sessions it may steer (ROL-009, ROL-012). */
const isSteerer = ({ partner }: Audience, module: PushModule, role: string): boolean =>
  module === 'sessions' && role === 'SCSP' && partner.profilesAllowed === true

const steerersIn = (
  audience: Audience,
  module: PushModule,
  readers: readonly PartyId[],
): readonly PartyId[] =>
  rolesOf(audience)
    .filter(
      ({ role, party }) => isSteerer(audience, module, role) && readers.some((one) => sameParty(one, party)),
    )
    .map(({ party }) => party)

const ENDED: readonly unknown[] = ['COMPLETED', 'INVALID']

const addressedTo = (
  readers: readonly PartyId[],
  document: Document,
  steerers: readonly PartyId[],
): Reach => {
  const others = steerers.filter((party) => !ownsToken(document, party))
  const to = [...readers.filter((party) => ownsToken(document, party)), ...others]
  if (to.length === 0) return none('ROL-009')
  // The past of others' customers is nobody's business; the end of what was steered is.
  return to.length === others.length && ENDED.includes(document.status)
    ? { kind: 'push', to, ifKnown: true }
    : { kind: 'push', to }
}

/** Whether the customer of a session or CDR is one of this party. */
export const ownsToken = (document: Document, party: PartyId): boolean => {
  const owner = requestedBy(document) ?? tokenOwner(document)
  return owner !== undefined && sameParty(party, owner)
}

/** Objects between two parties go to the other one, and to nobody while it is not known (PAY-004, INV-006). */
const toAddressee = (readers: readonly PartyId[], addressee: PartyId | undefined): Reach => {
  if (addressee === undefined) return none('it is addressed to nobody')
  const reader = readers.find((party) => sameParty(party, addressee))
  return reader === undefined ? none('it is addressed to another party') : { kind: 'push', to: [reader] }
}

/** ROL-010: unpublished locations go to nobody, or to eMSPs when some of their tokens may see them. */
const unpublished = (audience: Audience, readers: readonly PartyId[], document: Document): Reach => {
  const allowed = Array.isArray(document.publish_allowed_to) && document.publish_allowed_to.length > 0
  const emsps = audience.partner.roles.filter((role) => role.role === 'EMSP').map((role) => role.party)
  const to = allowed ? readers.filter((party) => emsps.some((emsp) => sameParty(emsp, party))) : []
  if (to.length > 0) return { kind: 'push', to: audience.routed ? to : to.slice(0, 1) }
  return { kind: 'withdrawn', to: audience.routed ? readers : readers.slice(0, 1) }
}

/** The eMSP party that requested a booking (BKG-004); undefined for any other document. */
const requestedBy = ({ booking_requests: requests }: Document): PartyId | undefined => {
  const [first]: readonly unknown[] = Array.isArray(requests) ? requests : []
  const request = isJsonObject(first) ? first.booking_request : undefined
  if (!isJsonObject(request)) return undefined
  const { country_code: country, party_id: party } = request
  return typeof country === 'string' && typeof party === 'string'
    ? { countryCode: country, partyId: party }
    : undefined
}

/** The party of `cdr_token`, when the document names one. */
const tokenOwner = (document: Document): PartyId | undefined => {
  const token = document.cdr_token
  if (typeof token !== 'object' || token === null) return undefined
  const { country_code: country, party_id: party } = token as { country_code?: unknown; party_id?: unknown }
  return typeof country === 'string' && typeof party === 'string'
    ? { countryCode: country, partyId: party }
    : undefined
}
