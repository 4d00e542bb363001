import { checkCdr, checkReport, DEFAULT_TOLERANCE, type Language, withTariffs } from '@interwatt/pricing'
import type { VersionId } from '@interwatt/protocol'
import type { FastifyInstance } from 'fastify'
import type { PriceService } from '../../prices/price-service.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import {
  amount,
  checkFinding,
  explanationFields,
  type LanguageQuery,
  language,
  languageQuery,
  policyOf,
  policySchema,
  sentencesSchema,
  timeZone,
  timeZoneOption,
  tolerance,
  type WirePolicy,
} from '../price-schemas.js'
import { wordsOf, wordsOfStored } from '../price-words.js'
import { unwrap } from '../problem.js'
import { cdrOf, inside, tariffsOf } from '../sent-documents.js'
import { anyVersion, document, object, objectParams } from '../wire-schemas.js'

interface WireCheck {
  readonly cdr: unknown
  readonly tariffs?: readonly unknown[]
  readonly version?: VersionId
  readonly time_zone?: string
  readonly policy?: WirePolicy
  readonly tolerance?: number
  readonly language?: Language
}

const MOST_TARIFFS = 50

const checkBody = object(
  {
    cdr: { ...document, description: 'A CDR of any version' },
    tariffs: {
      type: 'array',
      items: document,
      minItems: 1,
      maxItems: MOST_TARIFFS,
      description: 'Used in place of those the CDR holds; each of any version',
    },
    version: { ...anyVersion, description: 'OCPI version of the CDR; else its fields tell' },
    time_zone: timeZone,
    policy: policySchema,
    tolerance,
    language,
  },
  ['cdr'],
)

const checkAnswer = object({
  outcome: { type: 'string', enum: ['agrees', 'differs', 'unpriced'] },
  ...explanationFields,
  stated: amount,
  difference: { ...amount, type: ['object', 'null'] },
  findings: { type: 'array', items: checkFinding },
  repaired: {
    type: 'array',
    items: { $ref: '#/components/schemas/Finding' },
    description: 'What had to be repaired to read the documents',
  },
  basis: object({
    version: anyVersion,
    time_zone: { type: ['string', 'null'] },
    policy: policySchema,
    tolerance,
  }),
  sentences: sentencesSchema,
})

const check = (body: WireCheck) => {
  const policy = policyOf(body.policy)
  const read = cdrOf(body.cdr, body.version)
  const { timeZone: zone = read.value.timeZone } = timeZoneOption(body.time_zone)
  const tariffs = tariffsOf(body.tariffs ?? [])
  const version = body.version ?? tariffs[0]?.version ?? read.version
  const { cdr } = read.value
  const instead = tariffs.map(({ value }) => value)
  const checked = checkCdr(withTariffs(cdr, instead), {
    version,
    timeZone: zone,
    policy,
    ...(body.tolerance === undefined ? {} : { tolerance: body.tolerance }),
  })
  return {
    ...checkReport(checked),
    repaired: [...inside('/cdr', read.findings), ...tariffs.flatMap(({ findings }) => findings)],
    basis: { version, time_zone: zone ?? null, policy, tolerance: body.tolerance ?? DEFAULT_TOLERANCE },
    ...wordsOf(checked.explanation, body.language),
  }
}

/** What CDRs should cost, and what sessions cost while they run. */
export const priceRoutes = (scope: FastifyInstance, prices: PriceService): void => {
  scope.post<{ Body: WireCheck }>(
    '/prices',
    {
      schema: {
        operationId: 'priceCdr',
        tags: ['Prices'],
        summary:
          'What a CDR that is sent along should be, line by line, and what is wrong with it; nothing is stored',
        body: checkBody,
        response: { 200: checkAnswer },
      },
    },
    async ({ body }) => check(body),
  )
  scope.get<{ Params: ObjectAddress; Querystring: LanguageQuery }>(
    '/sessions/:country_code/:party_id/:id/cost',
    {
      schema: {
        operationId: 'getSessionCost',
        tags: ['Sessions'],
        summary: 'What the session costs as of its newest update, line by line, or why nobody can say',
        params: objectParams('id'),
        querystring: languageQuery,
      },
    },
    async ({ params, query }) => {
      const { cost, pricedAt } = unwrap(await prices.session(objectKeyOf('session', params)))
      return {
        country_code: params.country_code,
        party_id: params.party_id,
        id: params.id,
        ...cost,
        ...wordsOfStored(cost, query.language),
        priced_at: pricedAt,
      }
    },
  )
}
