import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { MapStyle } from '../../map-style.rules.js'
import type { AccountDesk } from '../accounts/account-desk.js'
import { PASSWORD_MAX } from '../accounts/password.rules.js'
import type { KeyRing } from '../api-keys.js'
import type { CheckKey } from '../key-check.js'
import { found } from '../problem.js'
import { operatorRoles } from '../roles.rules.js'
import type { Holder, PresentedSession, SignIns } from '../sign-in.js'
import { line, object } from '../wire-schemas.js'

/** What sign-in works with. */
export interface SessionRouteDeps {
  readonly checkKey: CheckKey
  readonly ring: KeyRing
  readonly signIns: SignIns
  readonly desk: AccountDesk
  /** Version of this product. */
  readonly version: string
  readonly publicUrl: string
  /** The map that the console draws stations on; null for its own. */
  readonly mapStyle: MapStyle | null
}

const text = { type: 'string' } as const
const view = object({
  key_name: { ...text, description: 'Name of the key or of the person' },
  account: {
    type: ['object', 'null'],
    properties: { id: text, login: text },
    description: 'Of a sign-in with an account; null with a key',
  },
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

/** A sign-in as the API shows it. */
export const sessionView =
  ({ version, publicUrl, mapStyle }: Pick<SessionRouteDeps, 'version' | 'publicUrl' | 'mapStyle'>) =>
  ({ name, accountId, login, role, csrf, expiresAt }: PresentedSession) => ({
    key_name: name,
    account: accountId === null ? null : { id: accountId, login },
    role,
    csrf,
    expires_at: expiresAt,
    version,
    public_url: publicUrl,
    map: { style: mapStyle },
  })

type SignIn = { key: string } | { login: string; password: string }

const secret = { writeOnly: true } as const
const byKey = object({ key: { ...line(256, 'Operator key'), ...secret } }, ['key'])
const byAccount = object(
  {
    login: line(254, 'Login of the account'),
    password: { type: 'string', minLength: 1, maxLength: PASSWORD_MAX * 4, ...secret },
  },
  ['login', 'password'],
)

/** Sign-in of people: an operator key, or login and password, become a cookie that scripts cannot read. */
export const sessionRoutes = (scope: FastifyInstance, deps: SessionRouteDeps): void => {
  const { version, publicUrl: public_url } = deps
  const viewSession = sessionView(deps)
  const holderOf = async (ip: string, body: SignIn): Promise<Holder> =>
    'key' in body
      ? { kind: 'key', ...(await deps.checkKey(ip, body.key.trim())) }
      : { kind: 'account', ...(await deps.desk.enter(ip, body)) }
  const viewKeyHolder = async (request: FastifyRequest) => {
    const { name, role } = found(await deps.ring.byId(request.operatorId), 'The key')
    return {
      key_name: name,
      account: null,
      role,
      csrf: null,
      expires_at: null,
      version,
      public_url,
      map: { style: deps.mapStyle },
    }
  }
  scope.post<{ Body: SignIn }>(
    '/session',
    {
      config: { public: true },
      ...schema(
        'signIn',
        'Sign in with an operator key, or with login and password; the answer sets a cookie',
        {
          security: [],
          body: { oneOf: [byKey, byAccount] },
          response: { 201: view },
        },
      ),
    },
    async (request, reply) => {
      const { cookie, session } = await deps.signIns.begin(await holderOf(request.ip, request.body))
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
