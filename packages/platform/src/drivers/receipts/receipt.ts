import { isExplanation, sentences } from '@interwatt/pricing'
import { add, decimal, isJsonObject, isZero, subtract } from '@interwatt/protocol'
import type { CdrCheckRecord, Document, DriverLanguage, StoredObject } from '@interwatt/store'
import { timeZoneOf } from '../../prices/known-prices.js'
import { chargeConnector, chargeEvse, chargeStation } from '../charges/charge-view.js'
import { type ExactPrice, kwhText, moneyOf, priceIn } from '../charges/exact-price.js'
import { type GatheredCharge, isCredit } from '../charges/gather.js'
import { durationOf } from '../charges/live.rules.js'
import { type MoneyText, moneyTextOf, payableOf } from '../money.js'
import { instantOf, textOf } from '../stations/document-parts.js'
import { type ReceiptFormats, receiptFormats } from './formats.js'
import { compareWithQuote } from './quote-comparison.js'
import { type DocumentKind, type ReceiptWords, receiptWords, type StatedPart } from './words/receipt-words.js'

/** The eMSP that sells. */
export interface Seller {
  readonly name: string
  readonly website: string | null
  readonly contract_id: string
}

/** What receipts are made in. */
export interface ReceiptShowing {
  readonly language: DriverLanguage
  readonly seller: Seller
  /** Used where the place does not tell its own. */
  readonly timeZone: string
  /** The newest check of the CDR that counts. */
  readonly check: CdrCheckRecord | undefined
}

/** One line of a receipt; the amounts add up to the total. */
export interface ReceiptLine {
  readonly text: string
  readonly amount: string | null
  readonly because: readonly string[]
}

/** A receipt as the app gets it. */
export type ReceiptView = NonNullable<ReturnType<typeof viewReceipt>>

const PARTS: readonly (readonly [StatedPart, string])[] = [
  ['fixed', 'total_fixed_cost'],
  ['energy', 'total_energy_cost'],
  ['time', 'total_time_cost'],
  ['parking', 'total_parking_cost'],
  ['reservation', 'total_reservation_cost'],
]

/** The parts of the price as the CDR states them; what they leave of the total is a line of its own. */
const statedLines = (
  cdr: Document,
  total: ExactPrice,
  {
    words,
    formats,
    currency,
  }: { readonly words: ReceiptWords; readonly formats: ReceiptFormats; readonly currency: string },
): readonly ReceiptLine[] => {
  const line = (part: StatedPart, amount: ExactPrice['total']): ReceiptLine => ({
    text: words.parts[part],
    amount: formats.money(moneyOf(amount, currency)),
    because: [],
  })
  const stated = PARTS.flatMap(([part, field]) => {
    const price = priceIn(cdr[field])
    return price === undefined || isZero(price.total) ? [] : [{ part, total: price.total }]
  })
  if (stated.length === 0) return [line('all', total.total)]
  const sum = stated.reduce((before, part) => add(before, part.total), decimal(0))
  const rest = subtract(total.total, sum)
  return [...stated.map((one) => line(one.part, one.total)), ...(isZero(rest) ? [] : [line('rest', rest)])]
}

const explanationIn = (check: CdrCheckRecord | undefined) => {
  const report = check?.result?.report
  return isJsonObject(report) && isExplanation(report) ? report : undefined
}

/** Lines with reasons where our price is the stated one to the last digit; the stated parts otherwise. */
const linesOf = (
  cdr: Document,
  total: ExactPrice,
  { language, check }: ReceiptShowing,
  formats: ReceiptFormats,
): readonly ReceiptLine[] => {
  const explanation = explanationIn(check)
  const ours = explanation === undefined ? undefined : payableOf(explanation.total)
  const agrees =
    explanation !== undefined && ours !== undefined && isZero(subtract(decimal(ours), total.total))
  if (!agrees)
    return statedLines(cdr, total, { words: receiptWords[language], formats, currency: String(cdr.currency) })
  return sentences(explanation, language).lines.map(({ text, amount = null, because }) => ({
    text,
    amount,
    because,
  }))
}

const checkView = (
  { check, language }: ReceiptShowing,
  total: MoneyText,
  formats: ReceiptFormats,
): { readonly outcome: string; readonly text: string; readonly what_we_do: string | null } => {
  const words = receiptWords[language].check
  const { result = null, review = null } = check ?? {}
  if (result === null) return { outcome: 'waiting', text: words.waiting, what_we_do: null }
  if (result.outcome === 'agrees') return { outcome: 'agrees', text: words.agrees, what_we_do: null }
  if (result.outcome === 'unpriced') return { outcome: 'unpriced', text: words.unpriced, what_we_do: null }
  const explanation = explanationIn(check)
  const ours = explanation === undefined ? undefined : payableOf(explanation.total)
  const amount = ours === undefined ? '–' : formats.money(moneyTextOf(ours, total.currency))
  return {
    outcome: 'differs',
    text: words.differs(amount, formats.money(total)),
    what_we_do: words[review?.state ?? 'open'],
  }
}

const kindOf = (cdr: StoredObject, index: number): DocumentKind =>
  isCredit(cdr) ? 'credit' : index === 0 ? 'receipt' : 'reissue'

const documentsView = ({ cdrs, cdr: counting }: GatheredCharge, language: DriverLanguage) =>
  cdrs.map((cdr, index) => {
    const price = priceIn(cdr.document.total_cost)
    const kind = kindOf(cdr, index)
    return {
      ...{ kind, text: receiptWords[language].documents[kind], number: String(cdr.document.id) },
      issued_at: cdr.lastUpdated,
      total: price === undefined ? null : moneyOf(price.total, String(cdr.document.currency)),
      counts: cdr === counting,
    }
  })

const signedView = ({ signed_data: signed }: Document, language: DriverLanguage) => {
  if (!isJsonObject(signed)) return null
  const method = textOf(signed.encoding_method) ?? ''
  const values = Array.isArray(signed.signed_values) ? signed.signed_values.length : 0
  return {
    encoding_method: method,
    values,
    public_key: textOf(signed.public_key),
    url: textOf(signed.url),
    text: receiptWords[language].signed(values, method),
  }
}

const totalsOf = (price: ExactPrice, currency: string, language: DriverLanguage) => ({
  total: moneyOf(price.total, currency),
  before_taxes: moneyOf(price.beforeTaxes, currency),
  taxes: price.taxes.map(({ name, percentage, amount }) => ({
    name: name === '' || name === 'VAT' ? receiptWords[language].labels.tax : name,
    percentage,
    amount: moneyOf(amount, currency),
  })),
})

const NOTHING: ExactPrice = { beforeTaxes: decimal(0), taxes: [], total: decimal(0) }

/** The receipt of a charge, made of its CDRs; undefined while there are none. Its total is exactly that of the CDR that counts. */
export const viewReceipt = (gathered: GatheredCharge, showing: ReceiptShowing) => {
  const { cdr, cdrs, charge, place } = gathered
  const shown = cdr ?? cdrs.at(-1)
  if (shown === undefined) return undefined
  const { document } = shown
  const { language, seller } = showing
  const timeZone = timeZoneOf(place.location) ?? showing.timeZone
  const formats = receiptFormats(language, timeZone)
  const currency = String(document.currency)
  const price = cdr === undefined ? NOTHING : (priceIn(document.total_cost) ?? NOTHING)
  const totals = totalsOf(price, currency, language)
  const [energyKwh, durationS] = [kwhText(document.total_energy), durationOf(document, true)]
  return {
    charge_id: charge.id,
    means: charge.means,
    number: String(document.id),
    invoice: textOf(document.invoice_reference_id),
    issued_at: shown.lastUpdated,
    seller,
    station: chargeStation(gathered),
    evse: chargeEvse(gathered),
    connector: chargeConnector(gathered),
    started_at: instantOf(document.start_date_time),
    ended_at: instantOf(document.end_date_time),
    time_zone: timeZone,
    duration_s: durationS,
    energy_kwh: energyKwh,
    meter_id: textOf(document.meter_id),
    ...totals,
    lines: cdr === undefined ? [] : linesOf(document, price, showing, formats),
    credited: cdr === undefined ? receiptWords[language].credited : null,
    check: cdr === undefined ? null : checkView(showing, totals.total, formats),
    quote:
      cdr === undefined
        ? null
        : compareWithQuote({ total: totals.total, energyKwh, durationS }, charge.quote, {
            language,
            formats,
          }),
    documents: documentsView(gathered, language),
    signed: signedView(document, language),
    remark: textOf(document.remark),
    cdr: { country_code: shown.key.countryCode, party_id: shown.key.partyId, id: String(document.id) },
  }
}
