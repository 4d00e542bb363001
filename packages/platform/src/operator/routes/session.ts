import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { MapStyle } from '../../map-style.rules.js'
import type { KeyRing } from '../api-keys.js'
import type { CheckKey } from '../key-check.js'
import { found } from '../problem.js'
import { operatorRoles } from '../roles.rules.js'
import type { PresentedSession, SignIns } from '../sign-in.js'
import { line, object } from '../wire-schemas.js'

/** What sign-in works with. */
export interface SessionRouteDeps {
  readonly checkKey: CheckKey
  readonly ring: KeyRing
  readonly signIns: SignIns
  /** Version of this product. */
  readonly version: string
  readonly publicUrl: string
  /** The map that the console draws stations on; null for its own. */
  readonly mapStyle: MapStyle | null
}

const text = { type: 'string' } as const
const view = object({
  key_name: text,
  role: { type: 'string', enum: operatorRoles },
  csrf: { type: ['string', 'null'], description: 'What the header X-Interwatt-CSRF of writes must say' },
  expires_at: { type: ['string', 'null'] },
  version: { type: 'string', description: 'Version of the node' },
  public_url: text,
  map: object({
    style: {
      ...object({ kind: { type: 'string', enum: ['vector', 'raster'] }, url: text, attribution: text }),
      type: ['object', 'null'],
      description:
        'What stations are drawn on; null for the outlines of countries that come with the console',
    },
  }),
})

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Sign-in'], summary, ...extra },
})

/** Sign-in of people: an operator key becomes a cookie that scripts cannot read. */
export const sessionRoutes = (scope: FastifyInstance, deps: SessionRouteDeps): void => {
  const { version, publicUrl: public_url } = deps
  const map = { style: deps.mapStyle }
  const viewSession = ({ keyName, role, csrf, expiresAt }: PresentedSession) => ({
    key_name: keyName,
    role,
    csrf,
    expires_at: expiresAt,
    version,
    public_url,
    map,
  })
  const viewKeyHolder = async (request: FastifyRequest) => {
    const { name, role } = found(await deps.ring.byId(request.operatorKeyId), 'The key')
    return { key_name: name, role, csrf: null, expires_at: null, version, public_url, map }
  }
  scope.post<{ Body: { key: string } }>(
    '/session',
    {
      config: { public: true },
      ...schema('signIn', 'Sign in with an operator key; the answer sets a cookie', {
        security: [],
        body: object({ key: { ...line(256, 'Operator key'), writeOnly: true } }, ['key']),
        response: { 201: view },
      }),
    },
    async (request, reply) => {
      const key = await deps.checkKey(request.ip, request.body.key.trim())
      const { cookie, session } = await deps.signIns.begin(key)
      return reply
        .code(201)
        .headers({ 'set-cookie': cookie, 'cache-control': 'no-store' })
        .send(viewSession(session))
    },
  )
  scope.get(
    '/session',
    schema('getSignIn', 'Who this request is from, its role, and until when', { response: { 200: view } }),
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const { operatorSession } = request
      return operatorSession === null ? viewKeyHolder(request) : viewSession(operatorSession)
    },
  )
  scope.delete(
    '/session',
    schema('signOut', 'Sign out: the cookie counts no more'),
    async (request, reply) => {
      if (request.operatorSession !== null)
        reply.header('set-cookie', await deps.signIns.end(request.operatorSession))
      return reply.code(204).send()
    },
  )
}
