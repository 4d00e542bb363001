/** What is used of pdfkit, which brings no types. */
declare module 'pdfkit' {
  interface TextOptions {
    readonly width?: number
    readonly align?: 'left' | 'right' | 'center'
    readonly lineBreak?: boolean
    readonly lineGap?: number
    readonly link?: string
  }
  interface DocumentOptions {
    readonly size?: string
    readonly margin?: number
    readonly autoFirstPage?: boolean
    readonly compress?: boolean
    readonly lang?: string
    readonly info?: Readonly<Record<string, string | Date>>
  }
  export default class PDFDocument {
    constructor(options?: DocumentOptions)
    readonly page: { readonly width: number; readonly height: number }
    y: number
    on(event: 'data', listener: (chunk: Uint8Array) => void): this
    on(event: 'end', listener: () => void): this
    on(event: 'error', listener: (error: Error) => void): this
    addPage(): this
    font(name: string): this
    fontSize(size: number): this
    fillColor(color: string): this
    strokeColor(color: string): this
    lineWidth(width: number): this
    text(text: string, x: number, y: number, options?: TextOptions): this
    heightOfString(text: string, options?: TextOptions): number
    widthOfString(text: string): number
    moveTo(x: number, y: number): this
    lineTo(x: number, y: number): this
    stroke(): this
    end(): void
  }
}
