import type { Database } from '../database/index.js'
import { addresseeText, type ObjectRow, rowObject } from '../objects/object-row.js'
import type { InvoiceStore, UninvoicedQuery, UninvoicedTotal } from '../ports/index.js'
import { selectUninvoicedCdrs } from '../sql/invoices/select-uninvoiced-cdrs.js'
import { sumUninvoicedCdrs } from '../sql/invoices/sum-uninvoiced-cdrs.js'

const paramsOf = ({ from, to, party }: UninvoicedQuery): readonly unknown[] => [
  from,
  to,
  party === undefined ? null : addresseeText(party),
]

/** CDRs against invoice records, in PostgreSQL. */
export const createInvoiceStore = (database: Database): InvoiceStore => ({
  async uninvoiced({ after, limit, ...query }) {
    // NOTE: sequences begin at 0.
    const params = [...paramsOf(query), after ?? -1, limit]
    return (await database.query<ObjectRow>(selectUninvoicedCdrs, params)).rows.map(rowObject)
  },
  uninvoicedTotals: async (query) =>
    (await database.query<UninvoicedTotal>(sumUninvoicedCdrs, paramsOf(query))).rows,
})
