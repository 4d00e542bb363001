import { describeTariff, type Language } from '@interwatt/pricing'
import type { FastifyInstance } from 'fastify'
import type { PriceService } from '../../prices/price-service.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { language, timeZone, timeZoneOption } from '../price-schemas.js'
import { unwrap } from '../problem.js'
import { snakeCased } from '../snake-case.js'
import { anyVersion, object, objectParams } from '../wire-schemas.js'

interface Explained {
  Params: ObjectAddress
  Querystring: { readonly language?: Language; readonly time_zone?: string }
}

const querystring = object({
  language: { ...language, description: 'Language of the text; en when left out' },
  time_zone: { ...timeZone, description: 'IANA name, of the station; validity is told in UTC when left out' },
})

const text = { type: 'string' } as const

const explanation = object({
  country_code: text,
  party_id: text,
  id: text,
  version: anyVersion,
  language,
  statements: {
    type: 'array',
    items: object({
      statement: {
        type: 'object',
        properties: { kind: text },
        required: ['kind'],
        additionalProperties: true,
        description: 'The same as data, for an app that has words of its own',
      },
      text,
    }),
  },
  text: { ...text, description: 'All of it, a line for each statement' },
})

/** Tariffs in the words of a driver. */
export const tariffExplanationRoutes = (scope: FastifyInstance, prices: PriceService): void => {
  scope.get<Explained>(
    '/tariffs/:country_code/:party_id/:id/explanation',
    {
      schema: {
        operationId: 'explainTariff',
        tags: ['Tariffs'],
        summary: 'What a driver pays under the tariff, and when, in plain words',
        params: objectParams('id'),
        querystring,
        response: { 200: explanation },
      },
    },
    async ({ params, query }) => {
      const zone = timeZoneOption(query.time_zone)
      const { tariff, version } = unwrap(await prices.tariff(objectKeyOf('tariff', params)))
      const { statements, ...told } = describeTariff(tariff, query.language ?? 'en', { version, ...zone })
      const { country_code, party_id, id } = tariff
      return { country_code, party_id, id, version, ...told, statements: snakeCased(statements) }
    },
  )
}
