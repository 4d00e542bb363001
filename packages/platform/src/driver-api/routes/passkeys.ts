import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { FastifyInstance } from 'fastify'
import {
  acceptPasskey,
  addPasskey,
  askNewPasskey,
  askPasskey,
  CHALLENGE_SECONDS,
  removePasskey,
} from '../../drivers/accounts/passkeys.js'
import { found, unwrap } from '../../operator/problem.js'
import { line, listOf, object } from '../../operator/wire-schemas.js'
import { type SecretCookie, secretCookie } from '../../web/cookies.js'
import { accountSchema, passkeySchema, viewPasskey } from '../account-view.js'
import { hasOtherWay } from '../accounts.js'
import { driverOf } from '../admission.js'
import { authenticationSchema, registrationSchema } from '../credential-schemas.js'
import { providerOf } from '../provider.js'
import { type SignInRouteDeps, signInAs } from './sign-in.js'

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Passkeys'], summary, ...extra },
})

const open = { config: { public: true } } as const
const options = {
  type: 'object',
  additionalProperties: true,
  description: 'For `PublicKeyCredential.parseRequestOptionsFromJSON` or `parseCreationOptionsFromJSON`',
} as const

const signingIn = (scope: FastifyInstance, deps: SignInRouteDeps, cookie: SecretCookie): void => {
  const { accounts, signIns, limits } = deps
  scope.post(
    '/sign-in/passkey/options',
    {
      ...open,
      ...schema('askPasskey', 'What a passkey has to sign; the answer sets a cookie', {
        response: { 200: options },
      }),
    },
    async (_request, reply) => {
      const asked = unwrap(await askPasskey(accounts))
      return reply
        .headers({ 'set-cookie': cookie.set(asked.cookie, CHALLENGE_SECONDS), 'cache-control': 'no-store' })
        .send(asked.options)
    },
  )
  scope.post<{ Body: { credential: AuthenticationResponseJSON } }>(
    '/sign-in/passkey',
    {
      ...open,
      ...schema('signInWithPasskey', 'Sign in with a passkey', {
        body: object({ credential: authenticationSchema }, ['credential']),
        response: { 200: accountSchema },
      }),
    },
    async ({ ip, body, headers }, reply) => {
      limits.signIn.check(ip)
      const accepted = await acceptPasskey(accounts, body.credential, cookie.read(headers.cookie))
      if (accepted.kind === 'problem') limits.signIn.failed(ip)
      const driver = found(await accounts.drivers.get(unwrap(accepted)), 'The driver of this passkey')
      return signInAs(reply.header('set-cookie', cookie.clear), signIns, driver)
    },
  )
}

const adding = (scope: FastifyInstance, { core, accounts }: SignInRouteDeps, cookie: SecretCookie): void => {
  scope.post(
    '/account/passkeys/options',
    schema('askNewPasskey', 'What the browser needs to make a passkey; the answer sets a cookie', {
      response: { 200: options },
    }),
    async (request, reply) => {
      const asked = unwrap(await askNewPasskey(accounts, driverOf(request), providerOf(core).name))
      return reply.header('set-cookie', cookie.set(asked.cookie, CHALLENGE_SECONDS)).send(asked.options)
    },
  )
  scope.post<{ Body: { credential: RegistrationResponseJSON; name?: string } }>(
    '/account/passkeys',
    schema('addPasskey', 'Add the passkey that the browser made', {
      body: object({ credential: registrationSchema, name: line(60, 'What the driver calls it') }, [
        'credential',
      ]),
      response: { 201: passkeySchema },
    }),
    async (request, reply) => {
      const { credential: response, name } = request.body
      const made = { response, name, cookie: cookie.read(request.headers.cookie) }
      const passkey = unwrap(await addPasskey(accounts, driverOf(request), made))
      return reply.code(201).header('set-cookie', cookie.clear).send(viewPasskey(passkey))
    },
  )
}

/** Passkeys: signing in with one, making, listing and removing them. */
export const passkeyRoutes = (scope: FastifyInstance, deps: SignInRouteDeps): void => {
  const { core, accounts } = deps
  // Binds a question to the browser that asked it.
  const cookie = secretCookie('interwatt_passkey', accounts.publicUrl)
  signingIn(scope, deps, cookie)
  adding(scope, deps, cookie)
  scope.get(
    '/account/passkeys',
    schema('listPasskeys', 'Passkeys of who is signed in', { response: { 200: listOf(passkeySchema) } }),
    async (request) => ({
      items: (await accounts.access.passkeys(driverOf(request).id)).map(viewPasskey),
    }),
  )
  scope.delete<{ Params: { id: string } }>(
    '/account/passkeys/:id',
    schema('removePasskey', 'Remove a passkey, unless it is the last way to sign in', {
      params: object({ id: line(1400) }, ['id']),
    }),
    async (request, reply) => {
      const driver = driverOf(request)
      const other = hasOtherWay(accounts, driver, core.settings.driverDemo)
      unwrap(await removePasskey(accounts, driver, { id: request.params.id, hasOtherWay: other }))
      return reply.code(204).send()
    },
  )
}
