import { add, decimal, type ocpi230, toText } from '@interwatt/protocol'

/** Where the receipt of a card payment is found: exactly one slash between both parts, the reference encoded (PAY-028). */
export const receiptUrl = (invoiceBaseUrl: string, reference: string): string =>
  `${invoiceBaseUrl.replace(/\/+$/, '')}/${encodeURIComponent(reference)}`

/** What the receipt of a card payment is printed from. */
export interface ReceiptInput {
  readonly seller: string
  readonly cdr: ocpi230.CDR
  /** Lines of the payment terminal, printed as they are (PAY-027). */
  readonly eftData: readonly string[]
}

/** The lines of a receipt: what was sold, its price in exact decimals, and how it was paid. */
export const receiptLines = ({ seller, cdr, eftData }: ReceiptInput): readonly string[] => {
  const { before_taxes: net, taxes = [] } = cdr.total_cost
  const gross = taxes.map(({ amount }) => decimal(amount)).reduce(add, decimal(net))
  return [
    seller,
    `${cdr.cdr_location.address}, ${cdr.cdr_location.city}`,
    `Invoice ${cdr.invoice_reference_id ?? cdr.id}`,
    `${toText(decimal(cdr.total_energy))} kWh: ${toText(decimal(net))} ${cdr.currency}`,
    ...taxes.map(({ name, amount }) => `${name}: ${toText(decimal(amount))} ${cdr.currency}`),
    `Total: ${toText(gross)} ${cdr.currency}`,
    ...eftData,
  ]
}
