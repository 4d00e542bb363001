import type { ClientPartner } from '@interwatt/client'
import { lift, ocpi230, otherRole, parseDocument, schemaOf } from '@interwatt/protocol'
import type { InboundToken, Partner } from '@interwatt/store'
import { knowsPaymentTerminals } from '../modules/agreement.rules.js'
import { type Problem, problem, type Result } from '../services.js'
import { type Discovery, describeOutcome } from './discover.js'
import { credentialsFailureOf } from './failure-kinds.js'
import { credentialsUrl, hubParty, readRoles } from './handshake.rules.js'
import { ownCredentials } from './own-credentials.js'
import type { RegistrationDeps } from './receiver.js'
import { atStep } from './steps.js'

/** The partner as it is called during a handshake. */
export type Caller = Pick<ClientPartner, 'id' | 'token' | 'tokenEncoding'>
/** A common version and the endpoints of the partner in it. */
export type Found = Extract<Discovery, { kind: 'found' }>

/** Why the partner's version or endpoints cannot be used, for the operator. */
export const discoveryProblem = (found: Exclude<Discovery, Found>): Problem => {
  switch (found.kind) {
    case 'no_common_version':
      return atStep('versions', 'no_common_version', problem(502, 'No common version (3002)', found.detail))
    case 'missing_endpoints':
      return atStep('details', found.failure, problem(502, 'Endpoints are missing (3003)', found.detail))
    case 'unclear_end':
      return atStep(
        'versions',
        'unclear_end',
        problem(
          422,
          'Which party in which role?',
          `${found.detail} Say role, which is that of the partner, and party, which is the one of this node.`,
        ),
      )
    case 'cannot_use':
      return atStep(
        found.step,
        found.failure,
        found.failure === 'token_refused'
          ? problem(
              502,
              'The partner does not accept the token',
              `${found.detail} Check the token; it may be used up.`,
            )
          : problem(502, 'The partner cannot be reached', found.detail),
      )
  }
}

/** Reads the Credentials a partner answered, in its version; a string says what is wrong. */
const readCredentials = (data: unknown, { version, own }: Found): ocpi230.Credentials | string => {
  const schema = schemaOf(version, 'credentials')
  const parsed = schema && parseDocument(schema, data, 'whole')
  if (!parsed?.ok)
    return (
      parsed?.findings.map((finding) => `${finding.pointer} ${finding.message}`).join('; ') ??
      'No credentials.'
    )
  const facts = own === null ? {} : { role: otherRole(own.role) }
  const { document } = lift('credentials', version, parsed.value, 'whole', facts)
  const canonical = parseDocument(ocpi230.Credentials, document, 'whole')
  return canonical.ok ? canonical.value : 'The credentials do not lift to the canonical shape.'
}

/** What POST or PUT of credentials came to. `unknown`: sent, no answer; the partner may have registered (CRD-035). */
export type Exchange =
  | { readonly kind: 'answered'; readonly credentials: ocpi230.Credentials }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'unknown'; readonly detail: string }

/** Sends our credentials by POST or PUT and reads the partner's from the answer. */
export const exchange = async (
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
      problem: atStep(
        'details',
        'no_credentials_endpoint',
        problem(502, 'Endpoints are missing (3003)', 'No credentials endpoint.'),
      ),
    }
  const agreedModules = (await deps.directory.partner(caller.id))?.agreedModules ?? []
  const knowsTerminals = knowsPaymentTerminals({ endpoints: found.endpoints, agreedModules })
  const hosted = deps.directory.hosted()
  const body = ownCredentials(inboundToken, deps.publicUrl, hosted, {
    version: found.version,
    own: found.own,
    knowsTerminals,
  })
  const outcome = await deps.client.credentials(caller, method, url, body, {
    timeoutMs: deps.handshakeTimeoutMs * 3,
    allowedHosts: found.hosts,
  })
  if (outcome.kind === 'outage' && outcome.sent) return { kind: 'unknown', detail: outcome.message }
  if (outcome.kind !== 'ok') {
    return {
      kind: 'failed',
      problem: atStep(
        'credentials',
        credentialsFailureOf(outcome),
        problem(
          502,
          `The partner refused the ${method} of credentials`,
          `Its credentials endpoint ${describeOutcome(outcome)}`,
        ),
      ),
    }
  }
  const credentials = readCredentials(outcome.data, found)
  return typeof credentials === 'string'
    ? { kind: 'unknown', detail: `The answer holds no usable credentials: ${credentials}` }
    : { kind: 'answered', credentials }
}

/** The partner after credentials were exchanged. */
export const registered = (
  deps: RegistrationDeps,
  partner: Partner,
  found: Found,
  credentials: ocpi230.Credentials,
): Partner => ({
  ...partner,
  status: 'REGISTERED',
  statusReason: null,
  version: found.version,
  own: found.own,
  versionsUrl: credentials.url,
  endpoints: found.endpoints,
  roles: readRoles(credentials.roles),
  hubParty: hubParty(credentials.hub_party_id) ?? null,
  outboundToken: deps.secrets.encrypt(credentials.token),
  tokenEncoding: deps.client.learntEncoding(partner.id) ?? partner.tokenEncoding,
  registeredAt: partner.registeredAt ?? new Date(deps.now()).toISOString(),
})

/** A token of ours that the partner may present, as it is stored. */
export const inbound = (
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

/** Stores the end of a handshake if the partner's status still is one of `from`; everybody then knows it. */
export const settle = async (
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
