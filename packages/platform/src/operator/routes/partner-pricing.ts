import { CHECK_CODES } from '@interwatt/pricing'
import type { PartnerPricing } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import { DEFAULT_PRICING } from '../../cdr-checks/review.rules.js'
import type { PartnerService } from '../../services.js'
import { policyOf, policySchema, tolerance, type WirePolicy } from '../price-schemas.js'
import { unwrap } from '../problem.js'
import { idParams, object } from '../wire-schemas.js'

interface WirePricing {
  readonly policy?: WirePolicy
  readonly tolerance?: number
  readonly rules?: {
    readonly accept_when_agrees?: boolean
    readonly hold_above?: number | null
    readonly hold_on?: readonly string[]
  }
}

/** An amount no CDR reaches. */
const MOST = 1_000_000

const body = object({
  policy: policySchema,
  tolerance,
  rules: object({
    accept_when_agrees: { type: 'boolean', description: 'A CDR that agrees is accepted' },
    hold_above: {
      type: ['number', 'null'],
      minimum: 0,
      maximum: MOST,
      description: 'A CDR that states more than this above what was computed is held',
    },
    hold_on: {
      type: 'array',
      items: { type: 'string', enum: Object.keys(CHECK_CODES) },
      uniqueItems: true,
      description: 'A CDR with one of these findings is held',
    },
  }),
})

const readPricing = ({ rules = {}, ...given }: WirePricing): PartnerPricing => {
  return {
    policy: { ...policyOf(given.policy) },
    tolerance: given.tolerance ?? DEFAULT_PRICING.tolerance,
    rules: {
      acceptWhenAgrees: rules.accept_when_agrees ?? false,
      holdAbove: rules.hold_above ?? null,
      holdOn: rules.hold_on ?? [],
    },
  }
}

const viewPricing = ({ rules, ...agreed }: PartnerPricing) => ({
  ...agreed,
  rules: {
    accept_when_agrees: rules.acceptWhenAgrees,
    hold_above: rules.holdAbove,
    hold_on: rules.holdOn,
  },
})

/** How the CDRs of a partner are checked. */
export const partnerPricingRoutes = (scope: FastifyInstance, partners: PartnerService): void => {
  const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
    schema: { operationId, tags: ['Partners'], summary, params: idParams, ...extra },
  })
  scope.get<{ Params: { id: string } }>(
    '/partners/:id/pricing',
    schema('getPartnerPricing', 'How CDRs of the partner are checked, and what follows from it'),
    async ({ params }) => viewPricing(unwrap(await partners.pricing(params.id))),
  )
  scope.put<{ Params: { id: string }; Body: WirePricing }>(
    '/partners/:id/pricing',
    schema('putPartnerPricing', 'Agree on how CDRs of the partner are checked; replaces what was agreed', {
      body,
    }),
    async ({ params, body: wire }) =>
      viewPricing(unwrap(await partners.setPricing(params.id, readPricing(wire)))),
  )
}
