import type { ApiKeyStore, OperatorRole } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import { type KeyRing, newApiKey } from '../api-keys.js'
import type { OperatorSecrets } from '../deps.js'
import { ProblemError, problem } from '../problem.js'
import { operatorRoles } from '../roles.rules.js'
import { viewKey } from '../views.js'
import { idParams, line, listOf, object } from '../wire-schemas.js'

/** What the key routes work with. */
export interface KeyRouteDeps {
  readonly keys: ApiKeyStore
  readonly ring: KeyRing
  readonly secrets: OperatorSecrets
  now(): number
}

const role = {
  type: 'string',
  enum: operatorRoles,
  description: 'What its holder may do: each role includes those after it',
} as const

const view = object({
  id: { type: 'string' },
  name: { type: 'string' },
  role,
  created_at: { type: 'string' },
})

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Keys'], summary, ...extra },
})

/** Operator keys; each is shown once, when it is made. */
export const keyRoutes = (scope: FastifyInstance, deps: KeyRouteDeps): void => {
  scope.get(
    '/keys',
    schema('listKeys', 'Operator keys, without the keys', { response: { 200: listOf(view) } }),
    async () => ({
      items: (await deps.keys.list()).map(viewKey),
    }),
  )
  scope.post<{ Body: { name: string; role?: OperatorRole } }>(
    '/keys',
    schema('postKey', 'Make an operator key; it is shown only in this answer', {
      body: object({ name: line(100, 'Who or what uses it'), role: { ...role, default: 'admin' } }, ['name']),
    }),
    async ({ body }, reply) => {
      const { key, text } = newApiKey(body.name, deps.secrets, deps.now(), body.role)
      await deps.keys.add(key)
      await deps.ring.changed()
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...viewKey(key), key: text })
    },
  )
  scope.delete<{ Params: { id: string } }>(
    '/keys/:id',
    schema('deleteKey', 'Withdraw an operator key', { params: idParams }),
    async (request, reply) => {
      if (request.params.id === request.operatorId) {
        throw new ProblemError(problem(409, 'This request uses that key. Withdraw it with another one.'))
      }
      if (!(await deps.keys.remove(request.params.id)))
        throw new ProblemError(problem(404, 'The key is not known here.'))
      await deps.ring.changed()
      return reply.code(204).send()
    },
  )
}
