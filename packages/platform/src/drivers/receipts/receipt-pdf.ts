import type { DriverLanguage } from '@interwatt/store'
import { type ReceiptFormats, receiptFormats } from './formats.js'
import { PdfPage } from './pdf-page.js'
import type { ReceiptView } from './receipt.js'
import { type ReceiptWords, receiptWords } from './words/receipt-words.js'

interface Showing {
  readonly words: ReceiptWords
  readonly formats: ReceiptFormats
  readonly language: DriverLanguage
}

const head = (page: PdfPage, receipt: ReceiptView, { words, formats }: Showing): void => {
  const { labels } = words
  const title = receipt.credited === null ? labels.receipt : words.documents.credit
  page.row(
    [
      { text: title, share: 0.6, size: 24, bold: true },
      { text: receipt.seller.name, share: 0.4, size: 12, bold: true, align: 'right' },
    ],
    2,
  )
  page.row([
    { text: formats.date(receipt.ended_at ?? receipt.issued_at), share: 0.6, soft: true },
    { text: receipt.seller.website ?? '', share: 0.4, soft: true, align: 'right' },
  ])
  page.skip(8)
  page.rule()
}

const factsOf = (
  receipt: ReceiptView,
  { words, formats }: Showing,
): readonly (readonly [string, string | null])[] => {
  const { labels } = words
  const { station, evse, started_at: from, ended_at: to, duration_s: seconds, energy_kwh: kwh } = receipt
  const place = [station.name, station.address === station.name ? null : station.address, station.city]
  return [
    [labels.number, receipt.number],
    [labels.invoice, receipt.invoice],
    [labels.operator, station.operator],
    [labels.station, place.filter((part) => part !== null).join(', ')],
    [labels.plug, evse === null ? null : (evse.evse_id ?? evse.uid)],
    [labels.means, `${receipt.means === 'app' ? labels.app : labels.card}, ${receipt.seller.contract_id}`],
    [labels.start, from === null ? null : formats.instant(from)],
    [labels.end, to === null ? null : formats.instant(to)],
    [labels.duration, seconds === null ? null : formats.duration(seconds)],
    [labels.energy, kwh === null ? null : formats.energy(kwh)],
    [labels.meter, receipt.meter_id],
  ]
}

const facts = (page: PdfPage, receipt: ReceiptView, showing: Showing): void => {
  for (const [label, value] of factsOf(receipt, showing)) {
    if (value === null || value === '') continue
    page.row([
      { text: label, share: 0.3, soft: true },
      { text: value, share: 0.7 },
    ])
  }
  page.skip(8)
  page.rule()
}

const price = (page: PdfPage, receipt: ReceiptView, showing: Showing, withReasons: boolean): void => {
  const { words, formats } = showing
  const { labels } = words
  page.paragraph(labels.price, { bold: true, size: 12 })
  page.skip(4)
  for (const { text, amount, because } of receipt.lines) {
    page.row([
      { text, share: 0.78 },
      { text: amount ?? '', share: 0.22, align: 'right' },
    ])
    if (withReasons && because.length > 0)
      page.row([{ text: because.join(' '), share: 0.78, size: 8, soft: true }])
  }
  page.skip(4)
  page.rule()
  const amounts = [
    { label: labels.net, amount: receipt.before_taxes },
    ...receipt.taxes.map(({ name, percentage, amount }) => ({
      label: percentage === null ? name : `${name} ${formats.percent(percentage)}`,
      amount,
    })),
  ]
  for (const { label, amount } of amounts)
    page.row([
      { text: label, share: 0.78, soft: true },
      { text: formats.money(amount), share: 0.22, align: 'right' },
    ])
  page.skip(6)
  page.row([
    { text: labels.total, share: 0.5, bold: true, size: 14 },
    { text: formats.money(receipt.total), share: 0.5, bold: true, size: 14, align: 'right' },
  ])
  page.skip(12)
}

const notesOf = (
  { check, quote, signed, credited, documents }: ReceiptView,
  { formats }: Showing,
): readonly string[] => [
  ...(credited === null ? [] : [credited]),
  ...(check === null ? [] : [[check.text, check.what_we_do ?? ''].join(' ').trim()]),
  ...(quote === null ? [] : [[quote.text, ...quote.because].join(' ')]),
  ...(documents.length < 2
    ? []
    : [
        documents
          .map(
            ({ text, number, total }) => `${text} ${number}: ${total === null ? '–' : formats.money(total)}`,
          )
          .join('; '),
      ]),
  ...(signed === null ? [] : [signed.text]),
]

const drawn = (receipt: ReceiptView, showing: Showing, withReasons: boolean): PdfPage => {
  const { words, formats, language } = showing
  const page = new PdfPage({
    title: `${words.labels.receipt} ${receipt.number}`,
    author: receipt.seller.name,
    language,
    date: new Date(receipt.issued_at),
  })
  head(page, receipt, showing)
  facts(page, receipt, showing)
  price(page, receipt, showing, withReasons)
  for (const note of notesOf(receipt, showing)) page.paragraph(note, { size: 9, soft: true })
  page.footer(
    words.timesIn(formats.timeZone),
    `CDR ${receipt.cdr.country_code}*${receipt.cdr.party_id} ${receipt.cdr.id}`,
  )
  return page
}

/** More lines than any tariff gives; what is beyond stands in the app. */
const MOST_LINES = 20

/** A receipt as a PDF of one A4 page: with the reasons of its lines where they have room. */
export const receiptPdf = async (receipt: ReceiptView, language: DriverLanguage): Promise<Buffer> => {
  const showing = {
    words: receiptWords[language],
    formats: receiptFormats(language, receipt.time_zone),
    language,
  }
  const whole = drawn(receipt, showing, true)
  if (whole.fits) return whole.end()
  return drawn({ ...receipt, lines: receipt.lines.slice(0, MOST_LINES) }, showing, false).end()
}
