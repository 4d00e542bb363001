import type { FastifyInstance } from 'fastify'
import { ProblemError, problem } from './problem.js'

/** Whether a number beyond all bounds is anywhere in a value. Iterative: depth costs no stack. */
const holdsInfinite = (value: unknown): boolean => {
  const pending: unknown[] = [value]
  while (pending.length > 0) {
    const one = pending.pop()
    if (typeof one === 'number' && !Number.isFinite(one)) return true
    if (typeof one === 'object' && one !== null) for (const part of Object.values(one)) pending.push(part)
  }
  return false
}

/**
 * Refuses numbers beyond all bounds with 400 on every route of the scope. Validation reads the text `1e400` as Infinity, and no `maximum`
 * of a schema holds that back.
 */
export const refuseInfinite = (scope: FastifyInstance): void => {
  scope.addHook('preHandler', async ({ query, params, body }) => {
    if (holdsInfinite(query) || holdsInfinite(params) || holdsInfinite(body))
      throw new ProblemError(problem(400, 'A number of the request is out of range.'))
  })
}
