import type { OcpiClient } from '@interwatt/client'
import {
  OcpiRefusal,
  type ocpi230,
  type PartyRole,
  partyLabel,
  type RefusalReason,
  type VersionId,
} from '@interwatt/protocol'
import type { Call, Handlers, Reply } from '@interwatt/server'
import type { InboundToken, OwnEnd, Partner, PartnerRole, PartnerStore } from '@interwatt/store'
import type { Directory } from '../directory/partner-directory.js'
import { knowsPaymentTerminals } from '../modules/agreement.rules.js'
import { newSecretToken, type Secrets } from '../secrets.js'
import { mustBeginAnew } from './begin-anew.rules.js'
import { type Discovery, discover, type Search } from './discover.js'
import { hubParty, readRoles } from './handshake.rules.js'
import { ownCredentials } from './own-credentials.js'
import { chooseEnd, connectsParties, type EndWish } from './own-end.rules.js'

export interface RegistrationDeps {
  readonly partners: PartnerStore
  readonly directory: Directory
  readonly client: OcpiClient
  readonly secrets: Secrets
  readonly publicUrl: string
  readonly tokenGraceS: number
  readonly now: () => number
  /** Time limit of the nested GETs of a handshake in ms (TRN-135). */
  readonly handshakeTimeoutMs: number
  /** Makes everything due again for a partner: all is pushed and pulled from the start. */
  beginAnew(partnerId: string): Promise<void>
  /** Notes what a partner does otherwise than the specification says. */
  readonly onFindings: Search['onFindings']
  /** Called when a partner has registered, changed or left: sync starts or stops. */
  onChanged(partner: Partner): void
}

type Credentials = ocpi230.Credentials
type CredentialsHandlers = Pick<
  Handlers,
  'credentials.get' | 'credentials.post' | 'credentials.put' | 'credentials.delete'
>

const discoveryRefusal = {
  cannot_use: 'cannotUseApi',
  no_common_version: 'unsupportedVersion',
  missing_endpoints: 'missingEndpoints',
  unclear_end: 'refused',
} as const satisfies Record<Exclude<Discovery['kind'], 'found'>, RefusalReason>

const notAllowed = (message: string, allow: string): OcpiRefusal =>
  new OcpiRefusal('methodNotAllowed', message, { headers: { Allow: allow } })

/** Roles may be claimed by one connection only, and never those this node hosts (CRD-013). */
const assertRolesAreFree = async (
  deps: RegistrationDeps,
  partnerId: string,
  roles: readonly PartnerRole[],
  own: OwnEnd | null,
): Promise<void> => {
  for (const { role, party } of roles) {
    const hosted = deps.directory
      .hosted()
      .some((own) => own.roles.includes(role) && partyLabel(own.party) === partyLabel(party))
    const owner = hosted ? 'this platform' : await deps.partners.ownerOfRole(role, party, own)
    if (owner !== undefined && owner !== partnerId) {
      throw new OcpiRefusal(
        'invalid',
        `Role ${role} of ${partyLabel(party)} belongs to another connection (CRD-013).`,
      )
    }
  }
}

/** Our end as the address and the invitation say it; an address of another role than was agreed is refused. */
const wishAt = (partner: Partner, ownRole: PartyRole | undefined): EndWish => {
  const { own } = partner
  if (own == null || ownRole === undefined) return { role: ownRole }
  if (own.role !== ownRole)
    throw new OcpiRefusal('invalid', `This connection is with our ${own.role} address, not with ${ownRole}.`)
  return own
}

/** Our end of a connection of this version; refused when it cannot be told which one is meant. */
const endAt = (
  deps: RegistrationDeps,
  partner: Partner,
  version: VersionId,
  ownRole: PartyRole | undefined,
): OwnEnd | null => {
  if (!connectsParties(version)) return null
  const choice = chooseEnd(deps.directory.hosted(), wishAt(partner, ownRole))
  if ('end' in choice) return choice.end
  throw new OcpiRefusal('refused', `${choice.unclear} The invitation has to name the party.`)
}

/** What a POST or PUT of credentials leads to, when it may: one new token each way, stored together. */
const accept = async (
  deps: RegistrationDeps,
  call: Call<'credentials.post' | 'credentials.put'>,
  partner: Partner,
): Promise<Reply> => {
  const body: Credentials = call.body
  const roles = readRoles(body.roles)
  const hub = hubParty(body.hub_party_id)
  if (hub === undefined)
    throw new OcpiRefusal('invalid', 'hub_party_id is not a country code and a party id (CRD-010).')
  const own = endAt(deps, partner, call.version, call.ownRole)
  await assertRolesAreFree(deps, partner.id, roles, own)
  const caller = { id: partner.id, token: body.token, tokenEncoding: null }
  const found = await discover(deps.client, caller, body.url, {
    wanted: call.version,
    hosted: deps.directory.hosted(),
    onFindings: deps.onFindings,
    wish: own ?? {},
    timeoutMs: deps.handshakeTimeoutMs,
  })
  if (found.kind !== 'found') throw new OcpiRefusal(discoveryRefusal[found.kind], found.detail)
  const token = newSecretToken()
  const nowMs = deps.now()
  const changed: Partner = {
    ...partner,
    status: 'REGISTERED',
    statusReason: null,
    version: found.version,
    own,
    versionsUrl: body.url,
    endpoints: found.endpoints,
    roles,
    hubParty: hub,
    outboundToken: deps.secrets.encrypt(body.token),
    tokenEncoding: deps.client.learntEncoding(partner.id) ?? null,
    registeredAt: partner.registeredAt ?? new Date(nowMs).toISOString(),
  }
  const inboundTokens = [
    currentToken(deps, partner.id, token),
    ...(await graceTokens(deps, partner.id, nowMs)),
  ]
  // NOTE: a partner that registers may have dropped what it had; asked before, so that no crash leaves it without.
  const registers = call.operation === 'credentials.post'
  if (registers) await deps.beginAnew(partner.id)
  if (!(await deps.partners.change([partner.status], { partner: changed, inboundTokens }))) {
    throw new OcpiRefusal(
      'refused',
      'Another registration of this connection or of one of its parties finished first.',
    )
  }
  if (!registers && mustBeginAnew(partner, changed)) await deps.beginAnew(partner.id)
  await deps.directory.reload()
  deps.onChanged(changed)
  const known = { version: call.version, own, knowsTerminals: knowsPaymentTerminals(changed) }
  return { kind: 'data', data: ownCredentials(token, deps.publicUrl, deps.directory.hosted(), known) }
}

const currentToken = (deps: RegistrationDeps, partnerId: string, token: string): InboundToken => ({
  hash: deps.secrets.hash(token),
  partnerId,
  purpose: 'current',
  expiresAt: null,
})

/** The token replaced by a PUT lives on for calls in flight (CRD-047); token A does not (CRD-025). */
const graceTokens = async (
  deps: RegistrationDeps,
  partnerId: string,
  nowMs: number,
): Promise<InboundToken[]> => {
  if (deps.tokenGraceS === 0) return []
  const expiresAt = new Date(nowMs + deps.tokenGraceS * 1000).toISOString()
  const tokens = await deps.partners.tokensOf(partnerId)
  return tokens
    .filter((token) => token.purpose === 'current')
    .map((token) => ({ ...token, purpose: 'replaced' as const, expiresAt }))
}

/** Handlers of the credentials endpoint (2.2.1 `credentials_interfaces_and_endpoints`). */
export const credentialsHandlers = (deps: RegistrationDeps): CredentialsHandlers => {
  const inProgress = new Set<string>()
  const exclusively = async (
    partnerId: string,
    work: (partner: Partner) => Promise<Reply>,
  ): Promise<Reply> => {
    if (inProgress.has(partnerId)) {
      throw new OcpiRefusal(
        'refused',
        'Another registration or update of this connection is in progress; try again.',
      )
    }
    inProgress.add(partnerId)
    try {
      const partner = await deps.partners.get(partnerId)
      if (!partner) throw new OcpiRefusal('unauthorized', 'This connection no longer exists.')
      return await work(partner)
    } finally {
      inProgress.delete(partnerId)
    }
  }
  return {
    'credentials.get': async ({ caller, version, ownRole }) => {
      const partner = await deps.directory.partner(caller.partnerId)
      if (!partner) throw new OcpiRefusal('unauthorized', 'This connection no longer exists.')
      const own = endAt(deps, partner, version, ownRole)
      const known = { version, own, knowsTerminals: knowsPaymentTerminals(partner) }
      return {
        kind: 'data',
        data: ownCredentials(caller.token, deps.publicUrl, deps.directory.hosted(), known),
      }
    },
    'credentials.post': async (call) => {
      if (call.caller.access === 'full')
        throw notAllowed('Already registered; use PUT to update (CRD-027).', 'GET, PUT, DELETE')
      return exclusively(call.caller.partnerId, (partner) => accept(deps, call, partner))
    },
    'credentials.put': async (call) => {
      if (call.caller.access !== 'full')
        throw notAllowed('Not registered yet; use POST (CRD-040).', 'GET, POST')
      return exclusively(call.caller.partnerId, (partner) => {
        if (partner.status === 'UPDATING') {
          throw new OcpiRefusal('refused', 'An update from this side is in progress; try again (CRD-054).')
        }
        return accept(deps, call, partner)
      })
    },
    'credentials.delete': async (call) => {
      if (call.caller.access !== 'full') throw notAllowed('Not registered (CRD-064).', 'GET, POST')
      return exclusively(call.caller.partnerId, async (partner) => {
        await forgetPartner(deps, partner, 'The partner unregistered.')
        return { kind: 'data' }
      })
    },
  }
}

/** A connection changes its state a few times at most while it is being ended. */
const FORGET_ATTEMPTS = 5

/**
 * Ends a connection on this side: no token works any more, nothing is sent any more (CRD-062, CRD-063). An update that finishes
 * meanwhile does not keep it alive.
 */
export const forgetPartner = async (
  deps: RegistrationDeps,
  partner: Partner,
  reason: string,
): Promise<void> => {
  for (let attempt = 0; attempt < FORGET_ATTEMPTS; attempt += 1) {
    const latest = await deps.partners.get(partner.id)
    if (!latest) return
    const gone: Partner = {
      ...latest,
      status: 'UNREGISTERED',
      statusReason: reason,
      outboundToken: null,
      tokenEncoding: null,
      endpoints: [],
    }
    if (!(await deps.partners.change([latest.status], { partner: gone, inboundTokens: [] }))) continue
    deps.client.forget(partner.id)
    await deps.directory.reload()
    deps.onChanged(gone)
    return
  }
  throw new Error(`Partner ${partner.id} changed each time it was to be ended.`)
}
