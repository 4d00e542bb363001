import type { ModuleId, ObjectKind, PartyId } from '@interwatt/protocol'
import { sameParty } from '@interwatt/protocol'
import type { Document, HostedParty, Partner } from '@interwatt/store'

/** Modules whose objects are pushed, in the order a receiver can resolve their references. */
export const pushModules = [
  'tariffs',
  'locations',
  'tokens',
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
 * the rest their own, and the addressee that is stored with it.
 */
export const reachOf = (
  audience: Audience,
  module: PushModule,
  owner: PartyId,
  document: Document,
  addressee?: PartyId,
): Reach => {
  if (!advertises(audience.partner, module, 'RECEIVER')) return none('the partner does not offer the module')
  const party = audience.hosted.find((hosted) => sameParty(hosted.party, owner))
  if (party === undefined) return none('the owner is not a party of this node')
  if (!party.roles.some((role) => roles[module].owners.includes(role))) return none('ROL-007')
  if (roles[module].addressed === 'addressee') return toAddressee(readersOf(audience, module), addressee)
  const readers = readersOf(audience, module).filter((reader) => !sameParty(reader, owner))
  if (readers.length === 0) return none('no role of the partner reads the module')
  if (module === 'tokens' && document.type === 'EMAID') return none('TOK-042')
  if (roles[module].addressed === 'token') return addressedTo(readers, document)
  if (module === 'locations' && document.publish === false) return unpublished(audience, readers, document)
  return { kind: 'push', to: audience.routed ? readers : readers.slice(0, 1) }
}

/** One party per role entry; a hub is addressed once and passes on (TOK-050). */
const readersOf = (audience: Audience, module: PushModule): readonly PartyId[] => {
  const { partner } = audience
  const named = partner.roles
    .filter((role) => roles[module].readers.includes(role.role))
    .map((role) => role.party)
  if (partner.hubParty !== null && roles[module].addressed === false) return [partner.hubParty]
  return named.filter((party, index) => named.findIndex((other) => sameParty(other, party)) === index)
}

const addressedTo = (readers: readonly PartyId[], document: Document): Reach => {
  const owner = tokenOwner(document)
  const reader = owner && readers.find((party) => sameParty(party, owner))
  return reader === undefined ? none('ROL-009') : { kind: 'push', to: [reader] }
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

/** The party of `cdr_token`, when the document names one. */
const tokenOwner = (document: Document): PartyId | undefined => {
  const token = document.cdr_token
  if (typeof token !== 'object' || token === null) return undefined
  const { country_code: country, party_id: party } = token as { country_code?: unknown; party_id?: unknown }
  return typeof country === 'string' && typeof party === 'string'
    ? { countryCode: country, partyId: party }
    : undefined
}
