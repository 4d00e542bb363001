import type { Partner } from '@interwatt/store'
import { newSecretToken } from '../secrets.js'
import { type Problem, problem, type Result } from '../services.js'
import { mustBeginAnew } from './begin-anew.rules.js'
import { discover } from './discover.js'
import { type Caller, discoveryProblem, exchange, inbound, registered, settle } from './exchange.js'
import { wishOf } from './own-end.rules.js'
import type { RegistrationDeps } from './receiver.js'

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
    onFindings: deps.onFindings,
    timeoutMs: deps.handshakeTimeoutMs,
    hosted: deps.directory.hosted(),
    wish: wishOf(partner),
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
