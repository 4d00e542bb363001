import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { KeyRing } from './api-keys.js'
import type { FailedAttempts } from './failed-attempts.js'
import { ProblemError, problem } from './problem.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True for what needs no operator key. */
    public?: boolean
  }
  interface FastifyRequest {
    /** Id of the operator key of this request; empty on public routes. */
    operatorKeyId: string
  }
}

const BEARER = /^Bearer +([\x21-\x7e]{1,256})$/i
/** Pairs of address and key that got in, remembered so that a stranger behind the same proxy cannot lock them out. */
const TRUSTED_PAIRS = 1_000

const refuse = (detail: string): ProblemError =>
  new ProblemError(problem(401, detail), { 'www-authenticate': 'Bearer realm="interwatt"' })

const tooMany = (waitMs: number): ProblemError =>
  new ProblemError(problem(429, 'Too many wrong keys from this address. Wait, then try again.'), {
    'retry-after': String(Math.ceil(waitMs / 1000)),
  })

/** Asks for an operator key on every route of the scope that is not public. */
export const requireKey = (
  scope: FastifyInstance,
  options: { readonly ring: KeyRing; readonly attempts: FailedAttempts },
): void => {
  const trusted = new Set<string>()
  const trust = (pair: string): void => {
    const oldest = trusted.size >= TRUSTED_PAIRS ? trusted.values().next() : undefined
    if (oldest?.done === false) trusted.delete(oldest.value)
    trusted.add(pair)
  }
  const authenticate = async (request: FastifyRequest): Promise<void> => {
    if (request.routeOptions.config.public === true) return
    const text = BEARER.exec(request.headers.authorization ?? '')?.[1]
    if (text === undefined) throw refuse('Send an operator key: Authorization: Bearer KEY.')
    const waitMs = options.attempts.waitMs(request.ip)
    const key = await options.ring.find(text)
    const pair = `${request.ip} ${key?.hash}`
    if (waitMs > 0 && (key === undefined || !trusted.has(pair))) throw tooMany(waitMs)
    if (key === undefined) {
      options.attempts.record(request.ip)
      throw refuse('This operator key is not known.')
    }
    trust(pair)
    request.operatorKeyId = key.id
  }
  scope.decorateRequest('operatorKeyId', '')
  scope.addHook('onRequest', authenticate)
}
