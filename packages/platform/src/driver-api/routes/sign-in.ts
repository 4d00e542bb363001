import type { Driver, DriverLanguage } from '@interwatt/store'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { redeemCode, sendCode } from '../../drivers/accounts/codes.js'
import { demoDriver } from '../../drivers/accounts/create-driver.js'
import { ProblemError, problem, unwrap } from '../../operator/problem.js'
import { object } from '../../operator/wire-schemas.js'
import { accountSchema, driverLanguages, viewAccount } from '../account-view.js'
import type { Accounts } from '../accounts.js'
import type { DriverApiDeps } from '../deps.js'
import type { DriverSignIns } from '../driver-sign-ins.js'
import type { DriverLimits } from '../limits.js'
import { providerOf } from '../provider.js'

/** What signing in works with. */
export interface SignInRouteDeps extends Pick<DriverApiDeps, 'core'> {
  readonly accounts: Accounts
  readonly signIns: DriverSignIns
  readonly limits: DriverLimits
}

const email = {
  type: 'string',
  maxLength: 254,
  pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63})+$",
  description: 'Kept in lower case',
} as const
const language = { type: 'string', enum: driverLanguages } as const

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  config: { public: true },
  schema: { operationId, tags: ['Sign-in'], summary, ...extra },
})

/** Signs a driver in and answers their account. */
export const signInAs = async (
  reply: FastifyReply,
  signIns: DriverSignIns,
  driver: Driver,
): Promise<FastifyReply> =>
  reply
    .headers({ 'set-cookie': await signIns.begin(driver), 'cache-control': 'no-store' })
    .send(viewAccount(driver))

const codeRoutes = (scope: FastifyInstance, { core, accounts, signIns, limits }: SignInRouteDeps): void => {
  scope.post<{ Body: { email: string; lang?: DriverLanguage } }>(
    '/sign-in/code',
    schema(
      'sendSignInCode',
      'Mail a code of six digits; the answer is the same whether there is an account or not',
      {
        body: object({ email, lang: { ...language, default: 'en' } }, ['email']),
      },
    ),
    async ({ ip, body }, reply) => {
      const { party, name: issuer } = providerOf(core)
      limits.code({ address: ip, email: body.email })
      const wanted = { party, issuer, email: body.email, language: body.lang ?? 'en' }
      unwrap(await sendCode(accounts, wanted))
      return reply.code(204).send()
    },
  )
  scope.post<{ Body: { email: string; code: string } }>(
    '/sign-in',
    schema('signInWithCode', 'Sign in with the code that was mailed; the first time makes the account', {
      body: object({ email, code: { type: 'string', pattern: '^\\d{3} ?\\d{3}$', writeOnly: true } }, [
        'email',
        'code',
      ]),
      response: { 200: accountSchema },
    }),
    async ({ ip, body }, reply) => {
      limits.signIn.check(ip)
      const { party, name: issuer } = providerOf(core)
      const redeemed = await redeemCode(accounts, { party, issuer, ...body })
      if (redeemed.kind === 'problem') limits.signIn.failed(ip)
      return signInAs(reply, signIns, unwrap(redeemed))
    },
  )
}

const demoRoute = (scope: FastifyInstance, { core, accounts, signIns }: SignInRouteDeps): void => {
  scope.post<{ Body: { language?: DriverLanguage } | undefined }>(
    '/sign-in/demo',
    schema('signInDemo', 'Sign in as the test driver of a demonstration', {
      body: object({ language }),
      response: { 200: accountSchema },
    }),
    async (request, reply) => {
      if (!core.settings.driverDemo)
        throw new ProblemError(problem(404, 'There is no test driver here: this is no demonstration.'))
      const { party, name: issuer } = providerOf(core)
      const wanted = { party, issuer, language: request.body?.language ?? 'en' }
      return signInAs(reply, signIns, unwrap(await demoDriver(accounts, wanted)))
    },
  )
}

/** Sign-in by code and of the test driver, and sign-out. */
export const signInRoutes = (scope: FastifyInstance, deps: SignInRouteDeps): void => {
  codeRoutes(scope, deps)
  demoRoute(scope, deps)
  scope.delete(
    '/sign-in',
    schema('signOutDriver', 'Sign out: the cookie counts no more'),
    async (request, reply) =>
      reply
        .code(204)
        .header('set-cookie', await deps.signIns.end(request.headers.cookie))
        .send(),
  )
}
