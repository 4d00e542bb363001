import type { FastifyInstance } from 'fastify'
import { reportKinds } from '../../drivers/reports/report-kinds.js'
import { object } from '../../operator/wire-schemas.js'
import { driverLanguages } from '../account-view.js'
import { type Accounts, waysToSignIn } from '../accounts.js'
import type { DriverApiDeps } from '../deps.js'
import { providerOf } from '../provider.js'

const text = { type: 'string' } as const
const textOrNull = { type: ['string', 'null'] } as const
const flag = { type: 'boolean' } as const

const answer = object({
  party: object({ country_code: text, party_id: text, name: text }),
  version: { ...text, description: 'Version of the node; another one than before: load the app anew' },
  languages: { type: 'array', items: text },
  currency: text,
  sign_in: object({
    code: { ...flag, description: 'By a code that is mailed' },
    passkey: { ...flag, description: 'By a passkey: the node has an address that browsers allow it at' },
    demo: { ...flag, description: 'As the test driver of a demonstration' },
  }),
  demo: {
    ...object({
      speed: {
        type: ['number', 'null'],
        description: 'How many times faster than the clock its time passes',
      },
    }),
    type: ['object', 'null'],
  },
  map: object({
    style: {
      ...object({ kind: { type: 'string', enum: ['vector', 'raster'] }, url: text, attribution: text }),
      type: ['object', 'null'],
      description: 'The map of the settings; null for the outlines that come with the app',
    },
  }),
  support: { ...object({ email: textOrNull, phone: textOrNull }), type: ['object', 'null'] },
  problem_kinds: { type: 'array', items: text, description: 'What problems can be reported about' },
})

/** What the app has to know before anybody is signed in. */
export const appRoutes = (scope: FastifyInstance, { core }: DriverApiDeps, accounts: Accounts): void => {
  const { driverDemo, driverDemoSpeed, driverCurrency, supportEmail, supportPhone } = core.settings
  const hasSupport = supportEmail !== null || supportPhone !== null
  const fixed = {
    version: core.version,
    languages: driverLanguages,
    currency: driverCurrency,
    sign_in: waysToSignIn(accounts, driverDemo),
    demo: driverDemo ? { speed: driverDemoSpeed } : null,
    map: { style: core.settings.mapStyle },
    support: hasSupport ? { email: supportEmail, phone: supportPhone } : null,
    problem_kinds: reportKinds,
  }
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
      return { party: { country_code: party.countryCode, party_id: party.partyId, name }, ...fixed }
    },
  )
}
