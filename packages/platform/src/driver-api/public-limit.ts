import type { FastifyInstance } from 'fastify'
import { FailedAttempts } from '../operator/failed-attempts.js'
import { ProblemError, problem } from '../operator/problem.js'

/** Public calls of one address in a minute: a busy app makes some twenty. */
const LIMIT = { attempts: 300, windowMs: 60_000, addresses: 10_000 } as const

/** Answers 429 on every route of the scope once an address asks more than any app does. */
export const limitPublicCalls = (scope: FastifyInstance, now: () => number): void => {
  const calls = new FailedAttempts(now, LIMIT)
  scope.addHook('onRequest', async ({ ip }) => {
    const waitMs = calls.waitMs(ip)
    if (waitMs > 0)
      throw new ProblemError(problem(429, 'Too many requests from this address. Wait a little.'), {
        'retry-after': String(Math.ceil(waitMs / 1_000)),
      })
    calls.record(ip)
  })
}
