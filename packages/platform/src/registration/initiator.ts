import { randomUUID } from 'node:crypto'
import type { ClientPartner, Outcome } from '@interwatt/client'
import { lift, ocpi230, parseDocument, partyLabel, schemaOf, type VersionId } from '@interwatt/protocol'
import type { InboundToken, Partner } from '@interwatt/store'
import { newSecretToken } from '../secrets.js'
import type { Problem, Result } from '../services.js'
import { mustBeginAnew } from './begin-anew.rules.js'
import { type Discovery, describeOutcome, discover } from './discover.js'
import { credentialsUrl, hubParty, readRoles } from './handshake.rules.js'
import { ownCredentials } from './own-credentials.js'
import { forgetPartner, type RegistrationDeps } from './receiver.js'

export const problem = (status: number, title: string, detail: string): Problem => ({
  kind: 'problem',
  status,
  title,
  detail,
})

type Caller = Pick<ClientPartner, 'id' | 'token' | 'tokenEncoding'>
type Found = Extract<Discovery, { kind: 'found' }>

const discoveryProblem = (found: Exclude<Discovery, Found>): Problem => {
  switch (found.kind) {
    case 'no_common_version':
      return problem(502, 'No common version (3002)', found.detail)
    case 'missing_endpoints':
      return problem(502, 'Endpoints are missing (3003)', found.detail)
    case 'cannot_use':
      return found.unauthorized
        ? problem(
            502,
            'The partner does not accept the token',
            `${found.detail} Check the token; it may be used up.`,
          )
        : problem(502, 'The partner cannot be reached', found.detail)
  }
}

/** Reads the Credentials a partner answered, in its version; a string says what is wrong. */
const readCredentials = (data: unknown, version: VersionId): ocpi230.Credentials | string => {
  const schema = schemaOf(version, 'credentials')
  const parsed = schema && parseDocument(schema, data, 'whole')
  if (!parsed?.ok)
    return (
      parsed?.findings.map((finding) => `${finding.pointer} ${finding.message}`).join('; ') ??
      'No credentials.'
    )
  const { document } = lift('credentials', version, parsed.value, 'whole')
  const canonical = parseDocument(ocpi230.Credentials, document, 'whole')
  return canonical.ok ? canonical.value : 'The credentials do not lift to the canonical shape.'
}

/** What POST or PUT of credentials came to. `unknown`: sent, no answer; the partner may have registered (CRD-035). */
type Exchange =
  | { readonly kind: 'answered'; readonly credentials: ocpi230.Credentials }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'unknown'; readonly detail: string }

const exchange = async (
  deps: RegistrationDeps,
  method: 'POST' | 'PUT',
  caller: Caller,
  found: Found,
  inboundToken: string,
): Promise<Exchange> => {
  const url = credentialsUrl(found.endpoints)
  if (url === undefined)
    return {
      kind: 'failed',
      problem: problem(502, 'Endpoints are missing (3003)', 'No credentials endpoint.'),
    }
  const body = ownCredentials(inboundToken, deps.publicUrl, deps.directory.hosted(), found.version)
  const outcome = await deps.client.credentials(caller, method, url, body, {
    timeoutMs: deps.handshakeTimeoutMs * 3,
    allowedHosts: found.hosts,
  })
  if (outcome.kind === 'outage' && outcome.sent) return { kind: 'unknown', detail: outcome.message }
  if (outcome.kind !== 'ok') {
    return {
      kind: 'failed',
      problem: problem(
        502,
        `The partner refused the ${method} of credentials`,
        `Its credentials endpoint ${describeOutcome(outcome)}`,
      ),
    }
  }
  const credentials = readCredentials(outcome.data, found.version)
  return typeof credentials === 'string'
    ? { kind: 'unknown', detail: `The answer holds no usable credentials: ${credentials}` }
    : { kind: 'answered', credentials }
}

const registered = (
  deps: RegistrationDeps,
  partner: Partner,
  found: Found,
  credentials: ocpi230.Credentials,
): Partner => ({
  ...partner,
  status: 'REGISTERED',
  statusReason: null,
  version: found.version,
  versionsUrl: credentials.url,
  endpoints: found.endpoints,
  roles: readRoles(credentials.roles),
  hubParty: hubParty(credentials.hub_party_id) ?? null,
  outboundToken: deps.secrets.encrypt(credentials.token),
  tokenEncoding: deps.client.learntEncoding(partner.id) ?? partner.tokenEncoding,
  registeredAt: partner.registeredAt ?? new Date(deps.now()).toISOString(),
})

const claimConflict = async (
  deps: RegistrationDeps,
  partnerId: string,
  credentials: ocpi230.Credentials,
): Promise<string | undefined> => {
  for (const { role, party } of readRoles(credentials.roles)) {
    const own = deps.directory
      .hosted()
      .some((hosted) => hosted.roles.includes(role) && partyLabel(hosted.party) === partyLabel(party))
    const owner = own ? 'this platform' : await deps.partners.ownerOfRole(role, party)
    if (owner !== undefined && owner !== partnerId)
      return `Role ${role} of ${partyLabel(party)} already belongs to ${own ? owner : 'another partner'}.`
  }
  return undefined
}

const inbound = (
  deps: RegistrationDeps,
  partnerId: string,
  token: string,
  purpose: InboundToken['purpose'],
): InboundToken => ({
  hash: deps.secrets.hash(token),
  partnerId,
  purpose,
  expiresAt: null,
})

/** A record for the attempt: a new one, or the one of an earlier attempt whose outcome is unknown. */
const attemptRecord = async (
  deps: RegistrationDeps,
  input: RegisterInput,
  token: string,
): Promise<Partner> => {
  const earlier = (await deps.partners.list()).find(
    (partner) =>
      partner.versionsUrl === input.versionsUrl &&
      (partner.status === 'UNKNOWN' || partner.status === 'UNREGISTERED'),
  )
  const partner: Partner = {
    id: earlier?.id ?? randomUUID(),
    name: input.name,
    status: 'INVITING',
    version: null,
    versionsUrl: input.versionsUrl,
    endpoints: [],
    roles: [],
    hubParty: null,
    outboundToken: deps.secrets.encrypt(input.tokenA),
    tokenEncoding: null,
    statusReason: null,
    unlockAllowed: earlier?.unlockAllowed ?? false,
    createdAt: earlier?.createdAt ?? new Date(deps.now()).toISOString(),
    registeredAt: null,
  }
  const tokens = [inbound(deps, partner.id, token, 'next')]
  if (!earlier) await deps.partners.create(partner, tokens)
  else
    await deps.partners.change(['UNKNOWN', 'UNREGISTERED'], {
      partner,
      inboundTokens: [...(await deps.partners.tokensOf(earlier.id)), ...tokens],
    })
  await deps.directory.reload()
  return partner
}

export interface RegisterInput {
  readonly name: string
  readonly versionsUrl: string
  readonly tokenA: string
  readonly version?: VersionId
}

/**
 * Registers with a partner, as Sender (credentials flow C-F1). Our token works before the POST leaves (CRD-022).
 * On failure nothing is kept; when the answer was lost the attempt stays as UNKNOWN with our token alive (CRD-035).
 */
export const registerWith = async (
  deps: RegistrationDeps,
  input: RegisterInput,
): Promise<Result<Partner>> => {
  if (deps.directory.hosted().length === 0) {
    return problem(
      409,
      'No party is hosted here',
      'Create a party first: PUT /api/v1/parties/{country_code}/{party_id}.',
    )
  }
  const token = newSecretToken()
  const partner = await attemptRecord(deps, input, token)
  const caller: Caller = { id: partner.id, token: input.tokenA, tokenEncoding: null }
  const undo = async (reason: Problem): Promise<Problem> => {
    await deps.partners.remove(partner.id)
    deps.client.forget(partner.id)
    await deps.directory.reload()
    return reason
  }
  const found = await discover(deps.client, caller, input.versionsUrl, {
    timeoutMs: deps.handshakeTimeoutMs,
    ...(input.version === undefined ? {} : { wanted: input.version }),
  })
  if (found.kind !== 'found') return undo(discoveryProblem(found))
  const answer = await exchange(deps, 'POST', caller, found, token)
  if (answer.kind === 'failed') return undo(answer.problem)
  if (answer.kind === 'unknown') return leaveUnknown(deps, partner, found, answer.detail)
  const conflict = await claimConflict(deps, partner.id, answer.credentials)
  const done = registered(deps, partner, found, answer.credentials)
  if (conflict !== undefined) {
    await tellGoodbye(deps, done)
    return undo(problem(409, 'The partner claims a party that is taken', conflict))
  }
  // NOTE: an earlier registration of the same partner may have left cursors; it need not hold any more what it was sent then.
  await deps.beginAnew(partner.id)
  return settle(deps, ['INVITING'], done, [inbound(deps, partner.id, token, 'current')])
}

const settle = async (
  deps: RegistrationDeps,
  from: readonly Partner['status'][],
  partner: Partner,
  inboundTokens: readonly InboundToken[],
): Promise<Result<Partner>> => {
  const changed = await deps.partners.change(from, { partner, inboundTokens })
  await deps.directory.reload()
  if (!changed)
    return problem(409, 'The connection changed meanwhile', 'Another registration or update finished first.')
  deps.onChanged(partner)
  return { kind: 'done', value: partner }
}

const leaveUnknown = async (
  deps: RegistrationDeps,
  partner: Partner,
  found: Found,
  detail: string,
): Promise<Problem> => {
  const tokens = await deps.partners.tokensOf(partner.id)
  const reason = `The answer to the registration was lost: ${detail}`
  const unknown: Partner = {
    ...partner,
    status: 'UNKNOWN',
    statusReason: reason,
    version: found.version,
    endpoints: found.endpoints,
  }
  await deps.partners.change(['INVITING'], { partner: unknown, inboundTokens: tokens })
  await deps.directory.reload()
  return problem(
    504,
    'The partner may have registered us, its answer was lost',
    `${reason}. Register again with the same token; if the partner answers 401 it did register: ask it to update its credentials (PUT) or for a new token. Partner id ${partner.id}.`,
  )
}

const tellGoodbye = async (deps: RegistrationDeps, partner: Partner): Promise<boolean> => {
  const url = credentialsUrl(partner.endpoints)
  if (url === undefined || partner.outboundToken === null) return false
  const caller: Caller = {
    id: partner.id,
    token: deps.secrets.decrypt(partner.outboundToken),
    tokenEncoding: partner.tokenEncoding,
  }
  const outcome: Outcome = await deps.client.credentials(caller, 'DELETE', url, undefined, {
    timeoutMs: deps.handshakeTimeoutMs,
  })
  return outcome.kind === 'ok'
}

/**
 * New credentials both ways by PUT, also from the side that was Receiver (CRD-050). Both own tokens work until the
 * answer is here, the old one some time longer (CRD-045); on refusal everything stays as it was.
 */
export const rotateWith = async (deps: RegistrationDeps, partner: Partner): Promise<Result<Partner>> => {
  if (
    partner.status !== 'REGISTERED' ||
    partner.outboundToken === null ||
    partner.versionsUrl === null ||
    partner.version === null
  ) {
    return problem(409, 'The partner is not registered', `Its status is ${partner.status}.`)
  }
  const token = newSecretToken()
  const before = await deps.partners.tokensOf(partner.id)
  const next = inbound(deps, partner.id, token, 'next')
  const updating: Partner = { ...partner, status: 'UPDATING' }
  const begun = await deps.partners.change(['REGISTERED'], {
    partner: updating,
    inboundTokens: [...before, next],
  })
  await deps.directory.reload()
  if (!begun) return problem(409, 'An update is in progress', 'Try again in a moment.')
  const back = async (reason: Problem, keepNext: boolean): Promise<Problem> => {
    const tokens = keepNext ? [...before, next] : before
    const kept: Partner = { ...partner, statusReason: reason.detail }
    await deps.partners.change(['UPDATING'], { partner: kept, inboundTokens: tokens })
    await deps.directory.reload()
    return reason
  }
  const caller: Caller = {
    id: partner.id,
    token: deps.secrets.decrypt(partner.outboundToken),
    tokenEncoding: partner.tokenEncoding,
  }
  const found = await discover(deps.client, caller, partner.versionsUrl, {
    timeoutMs: deps.handshakeTimeoutMs,
  })
  if (found.kind !== 'found') return back(discoveryProblem(found), false)
  const answer = await exchange(deps, 'PUT', caller, found, token)
  if (answer.kind === 'failed') return back(answer.problem, false)
  if (answer.kind === 'unknown')
    return back(problem(504, 'The answer to the update was lost', answer.detail), true)
  const expiresAt = new Date(deps.now() + deps.tokenGraceS * 1000).toISOString()
  const old = before
    .filter((entry) => entry.purpose === 'current')
    .map((entry) => ({ ...entry, purpose: 'replaced' as const, expiresAt }))
  const updated = registered(deps, partner, found, answer.credentials)
  const settled = await settle(deps, ['UPDATING'], updated, [{ ...next, purpose: 'current' }, ...old])
  if (settled.kind === 'done' && mustBeginAnew(partner, updated)) await deps.beginAnew(partner.id)
  return settled
}

/** Unregisters: tells the partner, then forgets it whatever it answered (CRD-068). */
export const unregisterFrom = async (
  deps: RegistrationDeps,
  partner: Partner,
): Promise<{ readonly told: boolean }> => {
  const told = await tellGoodbye(deps, partner)
  await forgetPartner(
    deps,
    partner,
    told ? 'Unregistered by the operator.' : 'Removed by the operator; the partner could not be told.',
  )
  return { told }
}
