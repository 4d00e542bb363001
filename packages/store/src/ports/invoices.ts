import type { PartyId } from '@interwatt/protocol'
import type { StoredObject } from './objects.js'

/** CDRs that ended in a time, of or for a party; of all when it is left out. */
export interface UninvoicedQuery {
  /** ISO instants; the end does not belong to the period. */
  readonly from: string
  readonly to: string
  /** Either side: who charged, or who pays. */
  readonly party?: PartyId
}

/** What CDRs come to in one currency, without taxes, as exact decimal text. */
export interface UninvoicedTotal {
  readonly currency: string
  readonly cdrs: number
  readonly before_taxes: string
}

/** Questions for CDRs and the invoice records that list them. */
export interface InvoiceStore {
  /**
   * Live CDRs of the period that no live record between their two parties lists, oldest first; `after` is the `createdSeq` of the last
   * one seen. Reads all of the period; for reports only.
   */
  uninvoiced(
    query: UninvoicedQuery & { readonly after?: number; readonly limit: number },
  ): Promise<readonly StoredObject[]>
  /** What all of them come to, by currency. */
  uninvoicedTotals(query: UninvoicedQuery): Promise<readonly UninvoicedTotal[]>
}
