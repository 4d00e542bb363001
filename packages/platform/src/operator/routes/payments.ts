import type { FastifyInstance } from 'fastify'
import type { LinkedPayment } from '../../payments/payment.rules.js'
import type { PaymentService } from '../../services.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { viewPayment } from '../payment-views.js'
import { found } from '../problem.js'
import { line, object, objectParams } from '../wire-schemas.js'

const TAGS = ['Payments']

const answer = object(
  {
    authorization_reference: { type: 'string' },
    sessions: { type: 'array', items: {} },
    cdrs: { type: 'array', items: {} },
    financial_advice_confirmations: { type: 'array', items: {} },
    amounts: { type: 'array', items: {} },
    invoice: { type: ['object', 'null'], additionalProperties: true },
    remarks: { type: 'array', items: {} },
  },
  [
    'authorization_reference',
    'sessions',
    'cdrs',
    'financial_advice_confirmations',
    'amounts',
    'invoice',
    'remarks',
  ],
)

const LINKED = [
  { path: 'sessions', kind: 'session', name: 'Session' },
  { path: 'cdrs', kind: 'cdr', name: 'Cdr' },
  {
    path: 'financial-advice-confirmations',
    kind: 'financial_advice_confirmation',
    name: 'FinancialAdviceConfirmation',
  },
] as const

const shown = (payment: LinkedPayment | undefined) => viewPayment(found(payment, 'The payment'))

/** Sessions, CDRs and financial advice confirmations that belong together, from whichever of them one starts. */
export const paymentRoutes = (scope: FastifyInstance, payments: PaymentService): void => {
  scope.get<{ Params: { reference: string } }>(
    '/payments/:reference',
    {
      schema: {
        operationId: 'getPayment',
        tags: TAGS,
        summary: 'Session, CDR and confirmations with an authorization reference, and what does not fit',
        params: object({ reference: line(36, 'authorization_reference') }, ['reference']),
        response: { 200: answer },
      },
    },
    async ({ params }) => shown(await payments.byReference(params.reference)),
  )
  for (const { path, kind, name } of LINKED) {
    scope.get<{ Params: ObjectAddress }>(
      `/${path}/:country_code/:party_id/:id/payment`,
      {
        schema: {
          operationId: `get${name}Payment`,
          tags: TAGS,
          summary: 'The payment that this object belongs to',
          params: objectParams('id'),
          response: { 200: answer },
        },
      },
      async ({ params }) => shown(await payments.of(objectKeyOf(kind, params))),
    )
  }
}
