import { randomUUID } from 'node:crypto'
import type { Outcome } from '@interwatt/client'
import {
  type ocpi230,
  otherRole,
  type PartyId,
  type PartyRole,
  partyLabel,
  type VersionId,
} from '@interwatt/protocol'
import type { AgreedModule, OwnEnd, Partner } from '@interwatt/store'
import { newSecretToken } from '../secrets.js'
import { type Problem, problem, type Result } from '../services.js'
import { discover } from './discover.js'
import {
  type Caller,
  discoveryProblem,
  exchange,
  type Found,
  inbound,
  registered,
  settle,
} from './exchange.js'
import { credentialsUrl, readRoles } from './handshake.rules.js'
import { noHostedParty } from './own-credentials.js'
import { forgetPartner, type RegistrationDeps } from './receiver.js'
import { atStep } from './steps.js'

const claimConflict = async (
  deps: RegistrationDeps,
  partnerId: string,
  credentials: ocpi230.Credentials,
  own: OwnEnd | null,
): Promise<string | undefined> => {
  for (const { role, party } of readRoles(credentials.roles)) {
    const hosted = deps.directory
      .hosted()
      .some((each) => each.roles.includes(role) && partyLabel(each.party) === partyLabel(party))
    const owner = hosted ? 'this platform' : await deps.partners.ownerOfRole(role, party, own)
    if (owner !== undefined && owner !== partnerId)
      return `Role ${role} of ${partyLabel(party)} already belongs to ${hosted ? owner : 'another partner'}.`
  }
  return undefined
}

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
    id: earlier?.id ?? input.id ?? randomUUID(),
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
    isTest: earlier?.isTest ?? false,
    profilesAllowed: earlier?.profilesAllowed ?? false,
    agreedModules: input.agreedModules ?? earlier?.agreedModules ?? [],
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

/** What an operator was handed by the partner. */
export interface RegisterInput {
  /** Id for the new partner, chosen beforehand by who wants to follow its messages from the first one on. An earlier attempt keeps its own. */
  readonly id?: string
  readonly name: string
  readonly versionsUrl: string
  readonly tokenA: string
  readonly version?: VersionId
  /** Role of the partner, for versions that connect one party each; found out where only one is possible. */
  readonly role?: PartyRole
  /** Our party on such a connection. */
  readonly party?: PartyId
  readonly agreedModules?: readonly AgreedModule[]
}

/**
 * Registers with a partner, as Sender (credentials flow C-F1). Our token works before the POST leaves (CRD-022).
 * On failure nothing is kept; when the answer was lost the attempt stays as UNKNOWN with our token alive (CRD-035).
 */
export const registerWith = async (
  deps: RegistrationDeps,
  input: RegisterInput,
): Promise<Result<Partner>> => {
  if (deps.directory.hosted().length === 0) return noHostedParty()
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
    onFindings: deps.onFindings,
    timeoutMs: deps.handshakeTimeoutMs,
    hosted: deps.directory.hosted(),
    wish: { role: input.role && otherRole(input.role), party: input.party },
    ...(input.version === undefined ? {} : { wanted: input.version }),
  })
  if (found.kind !== 'found') return undo(discoveryProblem(found))
  const answer = await exchange(deps, 'POST', caller, found, token)
  if (answer.kind === 'failed') return undo(answer.problem)
  if (answer.kind === 'unknown') return leaveUnknown(deps, partner, found, answer.detail)
  const conflict = await claimConflict(deps, partner.id, answer.credentials, found.own)
  const done = registered(deps, partner, found, answer.credentials)
  if (conflict !== undefined) {
    await tellGoodbye(deps, done)
    return undo(
      atStep('parties', 'party_taken', problem(409, 'The partner claims a party that is taken', conflict)),
    )
  }
  // NOTE: an earlier registration of the same partner may have left cursors; it need not hold any more what it was sent then.
  await deps.beginAnew(partner.id)
  const settled = await settle(deps, ['INVITING'], done, [inbound(deps, partner.id, token, 'current')])
  if (settled.kind === 'done' || (await deps.partners.get(partner.id))?.status !== 'INVITING') return settled
  // Meanwhile another connection took one of its parties: this one is not left half registered (CRD-013).
  await tellGoodbye(deps, done)
  return undo(settled)
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
    own: found.own,
    endpoints: found.endpoints,
  }
  await deps.partners.change(['INVITING'], { partner: unknown, inboundTokens: tokens })
  await deps.directory.reload()
  return atStep(
    'credentials',
    'answer_lost',
    problem(
      504,
      'The partner may have registered us, its answer was lost',
      `${reason}. Register again with the same token; if the partner answers 401 it did register: ask it to update its credentials (PUT) or for a new token. Partner id ${partner.id}.`,
    ),
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
