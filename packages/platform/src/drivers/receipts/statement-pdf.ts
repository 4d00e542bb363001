import type { DriverLanguage } from '@interwatt/store'
import { receiptFormats } from './formats.js'
import { PdfPage } from './pdf-page.js'
import type { StatementView } from './statement-view.js'
import { receiptWords } from './words/receipt-words.js'

const ROW_POINTS = 34
const TOTALS_POINTS = 90

/** The statement of a month as a PDF, on as many A4 pages as it needs. */
export const statementPdf = async (statement: StatementView, language: DriverLanguage): Promise<Buffer> => {
  const words = receiptWords[language]
  const { labels } = words
  const formats = receiptFormats(language, statement.time_zone)
  const title = `${labels.statement} ${formats.month(statement.month)}`
  const date = new Date(`${statement.month}-01T00:00:00Z`)
  const page = new PdfPage({ title, author: statement.seller.name, language, date })
  let number = 1
  const foot = (): void => page.footer(words.timesIn(formats.timeZone), `${labels.page} ${number}`)
  page.row(
    [
      { text: labels.statement, share: 0.6, size: 24, bold: true },
      { text: statement.seller.name, share: 0.4, size: 12, bold: true, align: 'right' },
    ],
    2,
  )
  page.row([
    { text: formats.month(statement.month), share: 0.6, size: 12, soft: true },
    { text: statement.seller.contract_id, share: 0.4, soft: true, align: 'right' },
  ])
  page.skip(8)
  page.rule()
  if (statement.items.length === 0) page.paragraph(words.nothing, { soft: true })
  for (const item of statement.items) {
    if (!page.hasRoom(ROW_POINTS)) {
      foot()
      page.nextPage()
      number += 1
    }
    page.row(
      [
        { text: item.ended_at === null ? '' : formats.instant(item.ended_at), share: 0.24, size: 9 },
        { text: [item.station, item.city].filter((part) => part !== null).join(', '), share: 0.4, size: 9 },
        { text: formats.energy(item.energy_kwh), share: 0.16, size: 9, align: 'right' },
        { text: formats.money(item.total), share: 0.2, size: 9, align: 'right' },
      ],
      1,
    )
    const what = item.kind === 'credit' ? words.documents.credit : item.operator
    page.row([{ text: `${what} · ${item.number}`, share: 1, size: 7.5, soft: true }], 6)
  }
  if (!page.hasRoom(TOTALS_POINTS)) {
    foot()
    page.nextPage()
    number += 1
  }
  page.skip(4)
  page.rule()
  for (const { total, before_taxes, taxes } of statement.totals) {
    page.row([
      { text: labels.net, share: 0.7, soft: true },
      { text: formats.money(before_taxes), share: 0.3, align: 'right' },
    ])
    for (const { name, percentage, amount } of taxes) {
      const rate = percentage === null ? '' : ` ${formats.percent(percentage)}`
      page.row([
        { text: `${name === 'VAT' || name === '' ? labels.tax : name}${rate}`, share: 0.7, soft: true },
        { text: formats.money(amount), share: 0.3, align: 'right' },
      ])
    }
    page.row([
      { text: labels.total, share: 0.5, bold: true, size: 14 },
      { text: formats.money(total), share: 0.5, bold: true, size: 14, align: 'right' },
    ])
  }
  foot()
  return page.end()
}
