import { add, decimal, foldCase, isJsonObject, toText } from '@interwatt/protocol'
import type { Document, ListingRecord, StoredObject } from '@interwatt/store'

type Amount = ReturnType<typeof decimal>

const ZERO = decimal(0)

/** The exact parts of a Price: without taxes, the taxes, and both. */
export interface PriceParts {
  readonly net: Amount
  readonly taxes: Amount
}

/** Reads a Price in exact decimals (decision 0006). */
export const priceParts = (price: unknown): PriceParts => {
  if (!isJsonObject(price)) return { net: ZERO, taxes: ZERO }
  const listed: readonly unknown[] = Array.isArray(price.taxes) ? price.taxes : []
  const amounts = listed.map((tax) => (isJsonObject(tax) && typeof tax.amount === 'number' ? tax.amount : 0))
  return {
    net: decimal(typeof price.before_taxes === 'number' ? price.before_taxes : 0),
    taxes: amounts.map((amount) => decimal(amount)).reduce(add, ZERO),
  }
}

/** What the CDRs of a record come to in one currency; amounts are exact decimal text. */
export interface CurrencyTotal {
  readonly currency: string
  readonly cdrs: number
  readonly before_taxes: string
  readonly taxes: string
  readonly after_taxes: string
}

/** A record against the CDRs and the other records known here. */
export interface Reconciliation {
  readonly invoice_id: string
  readonly listed: number
  readonly found: number
  /** Listed, but not known here. */
  readonly missing: readonly string[]
  /** Listed more than once in this record. */
  readonly repeated: readonly string[]
  /** Listed in other records too. */
  readonly doubled: readonly { readonly cdr: string; readonly record: string; readonly invoice_id: string }[]
  /** CDRs that name another invoice themselves. */
  readonly other_invoice: readonly { readonly cdr: string; readonly invoice_reference_id: string }[]
  readonly totals: readonly CurrencyTotal[]
}

/** Sums per currency, credits included (INV-019, INV-023). */
const totalsOf = (cdrs: readonly Document[]): readonly CurrencyTotal[] => {
  const sums = new Map<string, { count: number; net: Amount; taxes: Amount }>()
  for (const cdr of cdrs) {
    const currency = String(cdr.currency)
    const { net, taxes } = priceParts(cdr.total_cost)
    const sum = sums.get(currency) ?? { count: 0, net: ZERO, taxes: ZERO }
    sums.set(currency, { count: sum.count + 1, net: add(sum.net, net), taxes: add(sum.taxes, taxes) })
  }
  return [...sums].map(([currency, { count, net, taxes }]) => ({
    currency,
    cdrs: count,
    before_taxes: toText(net),
    taxes: toText(taxes),
    after_taxes: toText(add(net, taxes)),
  }))
}

const sameText = (a: string, b: string): boolean => foldCase(a) === foldCase(b)

/** Compares a record with what is known here; everything is a remark, nothing changes (INV-022 to INV-025, INV-033, INV-035). */
export const reconcile = (
  record: StoredObject,
  cdrs: readonly StoredObject[],
  listing: readonly ListingRecord[],
): Reconciliation => {
  const ids = Array.isArray(record.document.cdrs) ? record.document.cdrs.map(String) : []
  const invoiceId = String(record.document.invoice_id)
  const distinct = new Map(ids.map((id) => [foldCase(id), id]))
  const known = new Map(cdrs.map((cdr) => [foldCase(String(cdr.document.id)), cdr.document]))
  const found = [...distinct.keys()].map((id) => known.get(id)).filter((cdr) => cdr !== undefined)
  const seen = new Set<string>()
  const repeated = ids.filter((id) => {
    const before = seen.has(foldCase(id))
    seen.add(foldCase(id))
    return before
  })
  return {
    invoice_id: invoiceId,
    listed: distinct.size,
    found: found.length,
    missing: [...distinct].flatMap(([folded, id]) => (known.has(folded) ? [] : [id])),
    repeated: [...new Set(repeated)],
    doubled: listing
      .filter(({ id }) => id !== record.key.id)
      .flatMap(({ id, invoiceId: other, cdrs: doubles }) =>
        doubles.map((cdr) => ({ cdr: distinct.get(cdr) ?? cdr, record: id, invoice_id: other })),
      ),
    other_invoice: found.flatMap((cdr) => {
      const named = cdr.invoice_reference_id
      return typeof named === 'string' && !sameText(named, invoiceId)
        ? [{ cdr: String(cdr.id), invoice_reference_id: named }]
        : []
    }),
    totals: totalsOf(found),
  }
}
