import type { FastifyInstance } from 'fastify'
import type { InvoiceService } from '../../services.js'
import { type ObjectAddress, objectKeyOf } from '../object-keys.js'
import { found } from '../problem.js'
import { objectParams } from '../wire-schemas.js'

/** Invoice records against the CDRs and the other records known here. */
export const invoiceRoutes = (scope: FastifyInstance, invoices: InvoiceService): void => {
  scope.get<{ Params: ObjectAddress }>(
    '/invoice-reconciliation-records/:country_code/:party_id/:id/reconciliation',
    {
      schema: {
        operationId: 'getReconciliation',
        tags: ['InvoiceReconciliationRecords'],
        summary: 'Sums of the listed CDRs, and which are missing here or listed in other records too',
        params: objectParams('id'),
      },
    },
    async ({ params }) =>
      found(
        await invoices.reconciliation(objectKeyOf('invoice_reconciliation_record', params)),
        'The record',
      ),
  )
}
