import type { FastifyInstance } from 'fastify'
import { object } from '../../operator/wire-schemas.js'
import { driverLanguages } from '../account-view.js'
import type { DriverApiDeps } from '../deps.js'
import { providerOf } from '../provider.js'

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

const answer = object({
  party: object({ country_code: text, party_id: text, name: text }),
  version: { ...text, description: 'Version of the node; another one than before: load the app anew' },
  languages: { type: 'array', items: text },
  sign_in: object({ demo: flag }),
})

/** What the app has to know before anybody is signed in. */
export const appRoutes = (scope: FastifyInstance, { core }: DriverApiDeps): void => {
  scope.get(
    '/app',
    {
      config: { public: true },
      schema: {
        operationId: 'getApp',
        tags: ['App'],
        summary: 'Whose app this is, its languages, and the ways to sign in',
        response: { 200: answer },
      },
    },
    async () => {
      const { party, name } = providerOf(core)
      return {
        party: { country_code: party.countryCode, party_id: party.partyId, name },
        version: core.version,
        languages: driverLanguages,
        sign_in: { demo: core.settings.driverDemo },
      }
    },
  )
}
