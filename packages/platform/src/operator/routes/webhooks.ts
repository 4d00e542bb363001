import { randomUUID } from 'node:crypto'
import { parseUrl } from '@interwatt/protocol'
import type { ObjectStore, Webhook, WebhookStore } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import type { OperatorSecrets } from '../deps.js'
import { EVENT_TYPE_PATTERN } from '../event-message.js'
import { found, ProblemError, problem } from '../problem.js'
import { viewWebhook } from '../views.js'
import { newWebhookSecret } from '../webhooks/signature.js'
import { idParams, line, listOf, object } from '../wire-schemas.js'

/** Most webhooks of one node. */
const MAX_WEBHOOKS = 100

/** What the webhook routes work with. */
export interface WebhookRouteDeps {
  readonly webhooks: WebhookStore
  readonly objects: Pick<ObjectStore, 'currentSeq'>
  readonly secrets: OperatorSecrets
  readonly allowPrivate: boolean
  now(): number
}

interface PostWebhook {
  Body: { url: string; types?: string[]; after?: number }
}
interface ById {
  Params: { id: string }
}

const body = object(
  {
    url: { ...line(2000, 'Receiver; https, without user name and password'), format: 'uri' },
    types: {
      type: 'array',
      maxItems: 50,
      items: { type: 'string', maxLength: 100, pattern: EVENT_TYPE_PATTERN },
      description: 'Events wanted, such as command.received or session.*; all when left out',
    },
    after: {
      type: 'integer',
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Deliver everything after this seq; from now on when left out',
    },
  },
  ['url'],
)

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Events'], summary, ...extra },
})

const checkUrl = (text: string, allowPrivate: boolean): string => {
  const url = parseUrl(text)
  if (url === undefined) throw new ProblemError(problem(400, 'url is not an absolute address.'))
  const schemes = allowPrivate ? ['https:', 'http:'] : ['https:']
  if (!schemes.includes(url.protocol)) throw new ProblemError(problem(400, 'url starts with https://.'))
  if (url.username !== '' || url.password !== '') {
    throw new ProblemError(problem(400, 'url carries no user name and no password; deliveries are signed.'))
  }
  return text
}

const create = async (deps: WebhookRouteDeps, input: PostWebhook['Body']) => {
  const url = checkUrl(input.url, deps.allowPrivate)
  if ((await deps.webhooks.list()).length >= MAX_WEBHOOKS) {
    throw new ProblemError(problem(409, `A node has at most ${MAX_WEBHOOKS} webhooks.`))
  }
  const secret = newWebhookSecret()
  const types = input.types?.includes('*') === true ? [] : (input.types ?? [])
  const webhook: Webhook = {
    id: randomUUID(),
    url,
    secret: deps.secrets.encrypt(secret),
    types,
    cursor: input.after ?? (await deps.objects.currentSeq()),
    failures: 0,
    retryAt: null,
    lastError: null,
    disabledAt: null,
    createdAt: new Date(deps.now()).toISOString(),
  }
  await deps.webhooks.add(webhook)
  return { webhook, secret }
}

const changing = (scope: FastifyInstance, deps: WebhookRouteDeps): void => {
  scope.post<PostWebhook>(
    '/webhooks',
    schema(
      'postWebhook',
      'Have events delivered (Standard Webhooks); the secret is shown only in this answer',
      { body },
    ),
    async (request, reply) => {
      const { webhook, secret } = await create(deps, request.body)
      return reply
        .code(201)
        .headers({ location: `/api/v1/webhooks/${webhook.id}`, 'cache-control': 'no-store' })
        .send({ ...viewWebhook(webhook), secret })
    },
  )
  scope.post<ById>(
    '/webhooks/:id/enable',
    schema('enableWebhook', 'Deliver again at once; nothing that happened meanwhile is left out', {
      params: idParams,
    }),
    async ({ params }) => {
      found(await deps.webhooks.get(params.id), 'The webhook')
      await deps.webhooks.update(params.id, { failures: 0, retryAt: null, lastError: null, disabledAt: null })
      return viewWebhook(found(await deps.webhooks.get(params.id), 'The webhook'))
    },
  )
  scope.delete<ById>(
    '/webhooks/:id',
    schema('deleteWebhook', 'End deliveries', { params: idParams }),
    async ({ params }, reply) => {
      if (!(await deps.webhooks.remove(params.id)))
        throw new ProblemError(problem(404, 'The webhook is not known here.'))
      return reply.code(204).send()
    },
  )
}

/** Webhooks: receivers of signed deliveries. */
export const webhookRoutes = (scope: FastifyInstance, deps: WebhookRouteDeps): void => {
  scope.get(
    '/webhooks',
    schema('listWebhooks', 'Webhooks with their delivery state', { response: { 200: listOf({}) } }),
    async () => ({
      items: (await deps.webhooks.list()).map(viewWebhook),
    }),
  )
  scope.get<ById>(
    '/webhooks/:id',
    schema('getWebhook', 'One webhook', { params: idParams }),
    async ({ params }) => viewWebhook(found(await deps.webhooks.get(params.id), 'The webhook')),
  )
  changing(scope, deps)
}
