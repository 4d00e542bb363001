import { headerText, otherEncoding, resolveUrl, type TokenEncoding } from '@interwatt/protocol'
import type { Agent } from 'undici'
import type { AddressGuard } from './address-guard.js'
import { attempt, type Failure, type Outgoing, type Wire } from './attempt.js'
import { type HttpAnswer, outcomeOf } from './outcome.js'
import type { Outcome } from './ports.js'
import { type Target, targetOf } from './target.js'

/** What sending needs beside the request itself. */
export interface Route {
  readonly wire: Wire
  readonly agent: Agent
  readonly guard: AddressGuard
  readonly target: Target
  readonly encoding: TokenEncoding
  /** Whether a 401 may be answered with the other encoding of the token (trap 1). */
  readonly mayReencode: boolean
  /** Told which encoding the partner accepted. */
  learn(encoding: TokenEncoding): void
}

const REDIRECTS_MAX = 3
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const IDEMPOTENT = new Set(['GET', 'PUT', 'DELETE'])

/** Sends a request: at most one retry of a failed connection, one other encoding, three redirects. Never throws. */
export const send = async (outgoing: Outgoing, route: Route): Promise<Outcome> => {
  const first = await ask(outgoing, route, route.encoding)
  if (!('httpStatus' in first) || first.httpStatus !== 401 || !route.mayReencode) {
    return conclude(outgoing, route, first, route.encoding)
  }
  const other = otherEncoding(route.encoding)
  const second = await ask(outgoing, route, other)
  if ('httpStatus' in second && second.httpStatus !== 401) return conclude(outgoing, route, second, other)
  return conclude(outgoing, route, first, route.encoding)
}

/** A request that was not made: the address is none that may be called. */
interface Refused {
  readonly kind: 'refused_redirect'
  readonly message: string
}

type Followed = HttpAnswer | Failure | Refused

const conclude = (outgoing: Outgoing, route: Route, end: Followed, encoding: TokenEncoding): Outcome => {
  if ('httpStatus' in end) {
    if (end.httpStatus !== 401 && end.httpStatus < 500) route.learn(encoding)
    return withoutToken(outcomeOf(end, Date.now()), outgoing.token)
  }
  const { message } = end
  if (end.kind === 'refused_redirect' || end.forbidden) return { kind: 'forbidden_address', message }
  const known = end.reason === undefined ? {} : { reason: end.reason }
  return { kind: 'outage', httpStatus: undefined, message, sent: end.sent, retryAfterMs: undefined, ...known }
}

/** A partner may repeat the token in its message, as it is or as it was sent; it does not get into ours (TRN-014). */
const withoutToken = (outcome: Outcome, token: string): Outcome => {
  if ((outcome.kind !== 'refused' && outcome.kind !== 'outage') || token === '') return outcome
  const encoded = Buffer.from(token, 'utf8').toString('base64')
  const message = outcome.message.replaceAll(encoded, '[hidden]').replaceAll(token, '[hidden]')
  return { ...outcome, message }
}

/** Only a GET follows redirects. */
const ask = (outgoing: Outgoing, route: Route, encoding: TokenEncoding): Promise<Followed> =>
  outgoing.method === 'GET'
    ? follow(outgoing, route, encoding)
    : withRetry(outgoing, route, { target: route.target, encoding })

/** Follows redirects that stay on the same origin; the token goes nowhere else (CMD-011, CRD-037). */
const follow = async (outgoing: Outgoing, route: Route, encoding: TokenEncoding): Promise<Followed> => {
  let { target } = route
  for (let redirects = 0; ; redirects += 1) {
    const answer = await withRetry(outgoing, route, { target, encoding })
    if (!('httpStatus' in answer) || !REDIRECTS.has(answer.httpStatus)) return answer
    const location = headerText(answer.headers, 'location')
    const url = location === undefined ? undefined : resolveUrl(location, target.href)
    const next = url === undefined ? undefined : targetOf(url)
    if (next === undefined || redirects === REDIRECTS_MAX) return answer
    if (next.origin !== target.origin) return refusedRedirect('a redirect leads to another host')
    const refusal = route.guard.refusalOf(next.url)
    if (refusal !== undefined) return refusedRedirect(refusal)
    target = next
  }
}

const refusedRedirect = (message: string): Refused => ({ kind: 'refused_redirect', message })

const withRetry = async (
  outgoing: Outgoing,
  { wire, agent }: Route,
  where: { readonly target: Target; readonly encoding: TokenEncoding },
): Promise<HttpAnswer | Failure> => {
  const first = await attempt(wire, agent, outgoing, where)
  const again = !('httpStatus' in first) && first.retryable && IDEMPOTENT.has(outgoing.method)
  return again ? attempt(wire, agent, outgoing, where) : first
}
