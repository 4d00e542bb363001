import type { DriverLanguage } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import { demoDriver } from '../../drivers/accounts/create-driver.js'
import { ProblemError, problem, unwrap } from '../../operator/problem.js'
import { object } from '../../operator/wire-schemas.js'
import { accountSchema, driverLanguages, viewAccount } from '../account-view.js'
import type { DriverApiDeps } from '../deps.js'
import type { DriverSignIns } from '../driver-sign-ins.js'
import { providerOf } from '../provider.js'

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  config: { public: true },
  schema: { operationId, tags: ['Sign-in'], summary, ...extra },
})

/** Sign-in and sign-out of drivers. */
export const signInRoutes = (
  scope: FastifyInstance,
  { core, services }: DriverApiDeps,
  signIns: DriverSignIns,
): void => {
  scope.post<{ Body: { language?: DriverLanguage } | undefined }>(
    '/sign-in/demo',
    schema('signInDemo', 'Sign in as the test driver of a demonstration', {
      body: object({ language: { type: 'string', enum: driverLanguages } }),
      response: { 200: accountSchema },
    }),
    async (request, reply) => {
      if (!core.settings.driverDemo)
        throw new ProblemError(problem(404, 'There is no test driver here: this is no demonstration.'))
      const { party, name: issuer } = providerOf(core)
      const accounts = { drivers: core.stores.drivers, objects: services.objects, now: core.now }
      const language = request.body?.language ?? 'en'
      const driver = unwrap(await demoDriver(accounts, { party, issuer, language }))
      return reply
        .headers({ 'set-cookie': await signIns.begin(driver), 'cache-control': 'no-store' })
        .send(viewAccount(driver))
    },
  )
  scope.delete(
    '/sign-in',
    schema('signOutDriver', 'Sign out: the cookie counts no more'),
    async (request, reply) =>
      reply
        .code(204)
        .header('set-cookie', await signIns.end(request.headers.cookie))
        .send(),
  )
}
