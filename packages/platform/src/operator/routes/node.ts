import type { FastifyInstance } from 'fastify'
import type { Readiness } from '../deps.js'
import type { Metrics } from '../metrics.js'
import { readTraffic } from '../traffic.js'
import { object } from '../wire-schemas.js'

/** What health and metrics work with. */
export interface NodeRouteDeps {
  ready(): Promise<Readiness>
  readonly metrics: Metrics
}

/** A check that takes longer counts as failed, in milliseconds. */
const READY_LIMIT_MS = 5_000

const answer = object({
  ok: { type: 'boolean' },
  checks: { type: 'object', additionalProperties: { type: 'string' } },
})

const readiness = async (ready: () => Promise<Readiness>): Promise<Readiness> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Readiness>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, checks: { ready: 'no answer in time' } }), READY_LIMIT_MS)
  })
  try {
    return await Promise.race([ready(), late])
  } catch {
    return { ok: false, checks: { ready: 'failed' } }
  } finally {
    clearTimeout(timer)
  }
}

/** Health (no key) and metrics, outside `/api/v1`. */
export const nodeRoutes = (scope: FastifyInstance, deps: NodeRouteDeps): void => {
  const tags = ['Node']
  const open = { config: { public: true } }
  scope.get(
    '/health/live',
    {
      ...open,
      schema: {
        operationId: 'isLive',
        tags,
        summary: 'The process answers',
        security: [],
        response: { 200: answer },
      },
    },
    async () => ({ ok: true }),
  )
  scope.get(
    '/health/ready',
    {
      ...open,
      schema: {
        operationId: 'isReady',
        tags,
        summary: 'The node can do its work; 503 when not',
        security: [],
        response: { 200: answer, 503: answer },
      },
    },
    async (_request, reply) => {
      const state = await readiness(() => deps.ready())
      return reply
        .code(state.ok ? 200 : 503)
        .header('cache-control', 'no-store')
        .send(state)
    },
  )
  scope.get(
    '/metrics',
    { schema: { operationId: 'getMetrics', tags, summary: 'Metrics in the Prometheus text format' } },
    async (_request, reply) =>
      reply.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics()),
  )
}

const whole = { type: 'integer' } as const
const trafficLine = object({
  direction: { type: 'string', enum: ['in', 'out'] },
  operation: { type: 'string' },
  ok: whole,
  refused: whole,
  outage: whole,
  mean_ms: { type: ['number', 'null'] },
})

/** OCPI traffic of this process, for people. */
export const trafficRoutes = (scope: FastifyInstance, deps: Pick<NodeRouteDeps, 'metrics'>): void => {
  const startedAt = new Date().toISOString()
  const answer = object({ started_at: { type: 'string' }, items: { type: 'array', items: trafficLine } })
  scope.get(
    '/traffic',
    {
      schema: {
        operationId: 'getTraffic',
        tags: ['Node'],
        summary: 'OCPI exchanges of this process since it started, by operation',
        response: { 200: answer },
      },
    },
    async () => ({ started_at: startedAt, items: await readTraffic(deps.metrics) }),
  )
}
