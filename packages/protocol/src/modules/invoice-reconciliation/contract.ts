import type { ModuleContract } from '../../contract/endpoint.js'
import type { Schema } from '../../schema/index.js'

/** A record may list tens of thousands of CDRs (INV-036). */
const MAX_RECORD_BYTES = 8 * 1024 * 1024

/** Invoice reconciliation: the issuer of an invoice tells its recipient which CDRs it bills (2.3.0 `mod_invoice_reconciliation_interfaces_and_endpoints`). */
export const invoiceReconciliation = <R extends Schema>(v: { InvoiceReconciliationRecord: R }) => {
  const record = { document: 'invoice_reconciliation_record', schema: v.InvoiceReconciliationRecord } as const
  const body = { ...record, form: 'whole', maxBytes: MAX_RECORD_BYTES } as const
  const receiver = {
    module: 'invoicereconciliation',
    side: 'RECEIVER',
    anchor: 'mod_invoice_reconciliation_receiver_interface',
  } as const
  const R = '/{country_code}/{party_id}/{record_id}'
  return {
    id: 'invoicereconciliation',
    kind: 'functional',
    endpoints: [
      {
        operation: 'invoicereconciliation.sender.list',
        module: 'invoicereconciliation',
        side: 'SENDER',
        anchor: 'mod_invoice_reconciliation_sender_interface',
        method: 'GET',
        path: '',
        data: record,
        paged: true,
      },
      { operation: 'invoicereconciliation.receiver.get', ...receiver, method: 'GET', path: R, data: record },
      { operation: 'invoicereconciliation.receiver.post', ...receiver, method: 'POST', path: '', body },
      { operation: 'invoicereconciliation.receiver.put', ...receiver, method: 'PUT', path: R, body },
      { operation: 'invoicereconciliation.receiver.delete', ...receiver, method: 'DELETE', path: R },
    ],
  } as const satisfies ModuleContract
}
