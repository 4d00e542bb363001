import type { InvoiceStore, ObjectLookup, ObjectStore, StoredObject, UninvoicedTotal } from '@interwatt/store'
import { isLive } from '../modules/plan-write.js'
import type { InvoiceService } from '../services.js'
import { isBetween } from './recipient.rules.js'
import { reconcile } from './reconcile.rules.js'

/** A page of CDRs on no invoice. */
export interface Uninvoiced {
  readonly items: readonly StoredObject[]
  /** Of all pages, with the first one. */
  readonly totals: readonly UninvoicedTotal[] | undefined
}

/** Invoice records compared with CDRs and other records (INV-021 to INV-026). */
export const createInvoiceService = (deps: {
  readonly objects: Pick<ObjectStore, 'get'>
  readonly lookup: Pick<ObjectLookup, 'cdrsById' | 'recordsListing'>
  readonly invoices: InvoiceStore
}): InvoiceService => ({
  async reconciliation(key) {
    const record = await deps.objects.get(key)
    if (!isLive(record)) return undefined
    const ids = Array.isArray(record.document.cdrs) ? record.document.cdrs.map(String) : []
    const [cdrs, listing] = await Promise.all([
      deps.lookup.cdrsById(ids),
      deps.lookup.recordsListing(record.key, ids),
    ])
    const { addressee } = record
    const ours = addressee === undefined ? [] : cdrs.filter((cdr) => isBetween(cdr, record.key, addressee))
    return reconcile(record, ours, listing)
  },
  async uninvoiced({ after, limit, ...query }) {
    const [items, totals] = await Promise.all([
      deps.invoices.uninvoiced({ ...query, limit, ...(after === undefined ? {} : { after }) }),
      after === undefined ? deps.invoices.uninvoicedTotals(query) : undefined,
    ])
    return { items, totals }
  },
})
