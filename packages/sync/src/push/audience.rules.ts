import type { ModuleId, ObjectKind, PartyId } from '@interwatt/protocol'
import { isJsonObject, sameParty } from '@interwatt/protocol'
import type { Document, HostedParty, Partner } from '@interwatt/store'

/** Modules whose objects are pushed, in the order a receiver can resolve their references. */
export const pushModules = ['tariffs', 'locations', 'tokens', 'bookings', 'sessions', 'cdrs'] as const
/** A module whose objects are pushed. */
export type PushModule = (typeof pushModules)[number]

/** Rows that belong to a module. */
export const kindsOf: Readonly<Record<PushModule, readonly ObjectKind[]>> = {
  tariffs: ['tariff'],
  locations: ['location', 'evse'],
  tokens: ['token'],
  sessions: ['session'],
  cdrs: ['cdr'],
  bookings: ['booking_location', 'booking'],
}

interface ModuleRoles {
  /** Roles of ours that may own such objects (ROL-007). */
  readonly owners: readonly string[]
  /** Roles of theirs that are told about them (roles-and-modules 2.2). */
  readonly readers: readonly string[]
  /** Addressed to the party of `cdr_token` only (ROL-009); never broadcast through a hub (CDR-019, SES-068). */
  readonly addressed: boolean
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
  sessions: { owners: ['CPO'], readers: ['EMSP'], addressed: true },
  cdrs: { owners: ['CPO'], readers: ['EMSP'], addressed: true },
  /** Never by broadcast push, not even the places (BKG-065). */
  bookings: { owners: ['CPO'], readers: ['EMSP'], addressed: true },
}

/** Who a push may be addressed to, and on whose behalf. */
export interface Audience {
  readonly partner: Pick<Partner, 'roles' | 'hubParty' | 'endpoints'>
  readonly hosted: readonly HostedParty[]
  /** Whether the partner's version has routing headers; without them there is one push, not one per party. */
  readonly routed: boolean
}

/** What a partner gets of one object: the parties to address, or why it gets nothing. */
export type Reach =
  | { readonly kind: 'push'; readonly to: readonly PartyId[] }
  /** Not published, so never sent; but told when it may hold an earlier, published state. */
  | { readonly kind: 'withdrawn'; readonly to: readonly PartyId[] }
  | { readonly kind: 'none'; readonly reason: string }

const none = (reason: string): Reach => ({ kind: 'none', reason })

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
 * the rest their own.
 */
export const reachOf = (
  audience: Audience,
  module: PushModule,
  owner: PartyId,
  document: Document,
): Reach => {
  if (!advertises(audience.partner, module, 'RECEIVER')) return none('the partner does not offer the module')
  const party = audience.hosted.find((hosted) => sameParty(hosted.party, owner))
  if (party === undefined) return none('the owner is not a party of this node')
  if (!party.roles.some((role) => roles[module].owners.includes(role))) return none('ROL-007')
  const readers = readersOf(audience, module).filter((reader) => !sameParty(reader, owner))
  if (readers.length === 0) return none('no role of the partner reads the module')
  if (module === 'tokens' && document.type === 'EMAID') return none('TOK-042')
  if (module === 'bookings' && requestedBy(document) === undefined)
    return { kind: 'push', to: audience.routed ? readers : readers.slice(0, 1) }
  if (roles[module].addressed) return addressedTo(readers, document)
  if (module === 'locations' && document.publish === false) return unpublished(audience, readers, document)
  return { kind: 'push', to: audience.routed ? readers : readers.slice(0, 1) }
}

/** One party per role entry; a hub is addressed once and passes on (TOK-050). */
const readersOf = (audience: Audience, module: PushModule): readonly PartyId[] => {
  const { partner } = audience
  const named = partner.roles
    .filter((role) => roles[module].readers.includes(role.role))
    .map((role) => role.party)
  if (partner.hubParty !== null && !roles[module].addressed) return [partner.hubParty]
  return named.filter((party, index) => named.findIndex((other) => sameParty(other, party)) === index)
}

const addressedTo = (readers: readonly PartyId[], document: Document): Reach => {
  const owner = requestedBy(document) ?? tokenOwner(document)
  const reader = owner && readers.find((party) => sameParty(party, owner))
  return reader === undefined ? none('ROL-009') : { kind: 'push', to: [reader] }
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
