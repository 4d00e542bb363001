/// <reference path="./pdfkit.d.ts" />
import PDFDocument from 'pdfkit'
import { pdfText } from './pdf-text.js'

const INK = '#1b2733'
const SOFT = '#5b6b7b'
const LINE = '#d5dce3'

/** Distance of everything from the edge of an A4 page, in points. */
const MARGIN = 56
/** Room at the bottom for the footer. */
const FOOTER = 40

/** How a text is set. */
export interface Setting {
  readonly size?: number
  readonly bold?: boolean
  readonly soft?: boolean
  readonly align?: 'left' | 'right'
}

/** Facts of the file, which viewers and screen readers show. */
export interface PdfFacts {
  readonly title: string
  readonly author: string
  readonly language: string
  /** When what it says was stated; the file is the same whenever it is made. */
  readonly date: Date
}

/** An A4 document that is written from top to bottom in the standard fonts. */
export class PdfPage {
  readonly #document: PDFDocument
  readonly #bytes: Promise<Buffer>
  readonly #width: number
  readonly #bottom: number
  /** Where the next thing goes, in points from the top. */
  y = MARGIN

  constructor({ title, author, language, date }: PdfFacts) {
    const info = { Title: pdfText(title), Author: pdfText(author), CreationDate: date, ModDate: date }
    const document = new PDFDocument({ size: 'A4', margin: 0, lang: language, info })
    this.#document = document
    this.#width = document.page.width - 2 * MARGIN
    this.#bottom = document.page.height - MARGIN - FOOTER
    this.#bytes = new Promise((resolve, reject) => {
      const chunks: Uint8Array[] = []
      document.on('data', (chunk) => chunks.push(chunk))
      document.on('end', () => resolve(Buffer.concat(chunks)))
      document.on('error', reject)
    })
  }

  /** Whether everything so far stands above the footer. */
  get fits(): boolean {
    return this.y <= this.#bottom
  }

  /** Whether so many points are left on the page. */
  hasRoom(points: number): boolean {
    return this.y + points <= this.#bottom
  }

  /** Goes on at the top of a new page. */
  nextPage(): void {
    this.#document.addPage()
    this.y = MARGIN
  }

  skip(points: number): void {
    this.y += points
  }

  /** A line across the page. */
  rule(): void {
    const { y } = this
    this.#document
      .strokeColor(LINE)
      .lineWidth(0.75)
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + this.#width, y)
      .stroke()
    this.y += 12
  }

  /** A paragraph. */
  paragraph(text: string, setting: Setting = {}): void {
    this.y += this.#put(text, { from: 0, to: 1 }, setting) + 3
  }

  /** Texts beside each other, each over its share of the width; the highest one decides where it goes on. */
  row(cells: readonly (Setting & { readonly text: string; readonly share: number })[], gap = 4): void {
    let from = 0
    const heights = cells.map(({ text, share, ...setting }) => {
      const height = this.#put(text, { from, to: from + share }, setting)
      from += share
      return height
    })
    this.y += Math.max(0, ...heights) + gap
  }

  /** A line at the bottom of the page, whatever stands above. */
  footer(left: string, right: string): void {
    const { y } = this
    this.y = this.#document.page.height - MARGIN
    this.#put(left, { from: 0, to: 0.75 }, { size: 8, soft: true })
    this.#put(right, { from: 0.75, to: 1 }, { size: 8, soft: true, align: 'right' })
    this.y = y
  }

  /** Ends the document; its bytes. */
  end(): Promise<Buffer> {
    this.#document.end()
    return this.#bytes
  }

  #put(text: string, { from, to }: { readonly from: number; readonly to: number }, setting: Setting): number {
    const { size = 10, bold = false, soft = false, align = 'left' } = setting
    const options = { width: (to - from) * this.#width - 6, align, lineGap: 1.5 }
    const shown = pdfText(text)
    const document = this.#document
      .font(bold ? 'Helvetica-Bold' : 'Helvetica')
      .fontSize(size)
      .fillColor(soft ? SOFT : INK)
    const height = document.heightOfString(shown, options)
    document.text(shown, MARGIN + from * this.#width + (align === 'right' ? 6 : 0), this.y, options)
    return height
  }
}
