import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pdfText } from './pdf-text.js'
import type { ReceiptView } from './receipt.js'
import { receiptPdf } from './receipt-pdf.js'
import { statementPdf } from './statement-pdf.js'
import type { StatementItem, StatementView } from './statement-view.js'

const money = (amount: string) => ({ amount, currency: 'EUR' })

const seller = { name: 'Drive Away', website: 'https://drive-away.example', contract_id: 'DE-MSP-C00000001' }

const receipt = (change: Partial<ReceiptView> = {}): ReceiptView => ({
  ...{
    charge_id: 'c',
    means: 'app',
    number: 'CDR-4711',
    invoice: null,
    issued_at: '2026-03-01T11:05:00.000Z',
    seller,
  },
  station: {
    ...{ country_code: 'DE', party_id: 'CPO', id: 'LOC1', name: 'Depot Süd', address: 'Hauptstraße 1' },
    ...{ postal_code: '10115', city: 'Berlin', operator: 'Łódź Charging', help_phone: null },
  },
  evse: { uid: 'E1', evse_id: 'DE*TST*E1', physical_reference: null },
  connector: null,
  ...{ started_at: '2026-03-01T10:00:00Z', ended_at: '2026-03-01T11:00:00Z', time_zone: 'Europe/Berlin' },
  ...{ duration_s: 3600, energy_kwh: '20.5', meter_id: 'M-7' },
  ...{ total: money('10.71'), before_taxes: money('9.00') },
  taxes: [{ name: 'VAT', percentage: 19, amount: money('1.71') }],
  lines: [{ text: 'Energy: 20 kWh.', amount: '€10.71', because: ['Because of the day.'] }],
  credited: null,
  check: { outcome: 'agrees', text: 'It is right.', what_we_do: null },
  ...{ quote: null, documents: [], signed: null, remark: null },
  cdr: { country_code: 'DE', party_id: 'CPO', id: 'CDR-4711' },
  ...change,
})

/** Euro and quotation marks lie elsewhere in the encoding of the standard fonts than in Latin-1. */
const SIGNS: Readonly<Record<string, string>> = { '\u0080': '€', '\u0092': '’', '\u0096': '–' }

/** The texts of a PDF in the order in which they were written, and how many pages it has. */
const read = (file: Buffer): { readonly text: string; readonly pages: number } => {
  const raw = file.toString('latin1')
  const streams = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = '']) =>
    inflateSync(Buffer.from(body, 'latin1')).toString('latin1'),
  )
  const lines = streams.join('\n').matchAll(/\[([^\]]*)\] TJ/g)
  const texts = [...lines].map(([, parts = '']) =>
    [...parts.matchAll(/<([0-9a-f]+)>/g)]
      .map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1'))
      .join(''),
  )
  const text = texts.join(' ').replace(/[\u0080-\u009f]/g, (sign) => SIGNS[sign] ?? sign)
  return { text, pages: raw.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0 }
}

describe('the PDF of a receipt', () => {
  it('says who sold what, where, when, for how much, on one page', async () => {
    const { text, pages } = read(await receiptPdf(receipt(), 'en'))
    expect(pages).toBe(1)
    for (const said of [
      'Receipt',
      'Drive Away',
      'CDR-4711',
      'Depot Süd',
      'DE*TST*E1',
      '20.5 kWh',
      '€10.71',
      'VAT 19%',
      'M-7',
    ])
      expect(text).toContain(said)
    expect(text).toContain('11:00')
    expect(text).toContain('Times in Europe/Berlin')
  })

  it.each([
    ['de', 'Beleg', '10,71'],
    ['fr', 'Reçu', '10,71'],
    ['nl', 'Bon', '10,71'],
  ] as const)('speaks %s', async (language, title, amount) => {
    const { text } = read(await receiptPdf(receipt(), language))
    expect(text).toContain(title)
    expect(text).toContain(amount)
  })

  it('writes what the fonts have not in the nearest letters', async () => {
    expect(read(await receiptPdf(receipt(), 'en')).text).toContain('Lódz Charging')
    expect(pdfText('Straße 5 – €\u202f12')).toBe('Straße 5 – €\u00a012')
    expect(pdfText('Київ')).toBe('????')
  })

  it('stays on one page with very many lines', async () => {
    const line = {
      text: 'A line of the price with quite a lot of words in it.',
      amount: '€1.00',
      because: ['Why. '.repeat(60)],
    }
    const { pages, text } = read(
      await receiptPdf(receipt({ lines: Array.from({ length: 60 }, () => line) }), 'en'),
    )
    expect(pages).toBe(1)
    expect(text).toContain('€10.71')
  })

  it('is the same file whenever it is made', async () => {
    const [one, two] = await Promise.all([receiptPdf(receipt(), 'en'), receiptPdf(receipt(), 'en')])
    expect(one.equals(two)).toBe(true)
  })
})

describe('the PDF of a month', () => {
  const item: StatementItem = {
    ...{ number: 'CDR-1', kind: 'receipt', means: 'app', operator: 'Test Charging', station: 'Depot Süd' },
    ...{
      started_at: '2026-03-01T10:00:00Z',
      ended_at: '2026-03-01T11:00:00Z',
      address: null,
      city: 'Berlin',
    },
    ...{ evse_id: null, energy_kwh: '20', before_taxes: money('9.00'), taxes: [], total: money('10.71') },
  }
  const statement = (items: readonly StatementItem[]): StatementView => ({
    ...{
      month: '2026-03',
      charges: items.length,
      energy_kwh: '20',
      time_zone: 'Europe/Berlin',
      seller,
      items,
    },
    totals: [{ currency: 'EUR', total: money('10.71'), before_taxes: money('9.00'), taxes: [] }],
  })

  it('lists what was charged and its total, on as many pages as it needs', async () => {
    const short = read(await statementPdf(statement([item]), 'en'))
    expect(short.pages).toBe(1)
    expect(short.text).toContain('March 2026')
    expect(short.text).toContain('€10.71')
    const long = read(await statementPdf(statement(Array.from({ length: 60 }, () => item)), 'en'))
    expect(long.pages).toBeGreaterThan(2)
    expect(long.text).toContain('Page 3')
  })
})
