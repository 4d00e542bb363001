import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problem, sendProblem } from './problem.js'

const pathOf = (url: string): string => url.split('?', 1)[0] ?? ''

const expressionOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+?^$()|[\]\\{}]/g, '\\$&')
      .replace(/:[a-z_]+/g, '[^/]+')
      .replace('*', '.*')}$`,
  )

/** Remembers the routes of a scope, so that a known address with a wrong method is answered 405 with `Allow`. */
export const answerUnknown = (
  scope: FastifyInstance,
): ((request: FastifyRequest, reply: FastifyReply) => FastifyReply) => {
  const methods = new Map<string, { readonly expression: RegExp; readonly allowed: Set<string> }>()
  scope.addHook('onRoute', (route) => {
    const entry = methods.get(route.url) ?? {
      expression: expressionOf(route.url),
      allowed: new Set<string>(),
    }
    methods.set(route.url, entry)
    for (const method of [route.method].flat()) entry.allowed.add(method)
  })
  return (request, reply) => {
    const path = pathOf(request.url)
    const allowed = new Set(
      [...methods.values()].flatMap((entry) => (entry.expression.test(path) ? [...entry.allowed] : [])),
    )
    if (allowed.size === 0) return sendProblem(reply, problem(404, 'Nothing is at this address.'))
    return sendProblem(reply, problem(405, `${request.method} is not possible here.`), {
      allow: [...allowed].sort().join(', '),
    })
  }
}
