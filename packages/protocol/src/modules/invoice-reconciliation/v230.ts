import {
  COUNTRY_ALPHA_2,
  ciString,
  cite,
  dateTime,
  type Infer,
  object,
  one,
  PARTY_ID,
  some,
  tolerate,
} from '../../schema/index.js'
import { CDR_AS_OBJECT } from './checks.js'

/** 2.3.0 `mod_invoice_reconciliation_record_object`. `cdrs` takes the 39 characters of the id of a credit CDR (INV-018). */
export const InvoiceReconciliationRecord = object(
  'InvoiceReconciliationRecord',
  'mod_invoice_reconciliation_record_object',
  {
    country_code: one(ciString(2, COUNTRY_ALPHA_2)),
    party_id: one(ciString(3, PARTY_ID)),
    id: one(ciString(36)),
    invoice_id: one(ciString(255)),
    cdrs: cite(tolerate(some(ciString(39)), CDR_AS_OBJECT), 'INV-016'),
    last_updated: one(dateTime()),
  },
)
export type InvoiceReconciliationRecord = Infer<typeof InvoiceReconciliationRecord>
