/** One column of an export. */
export interface ExportColumn<Row> {
  readonly title: string
  readonly value: (row: Row) => string | number
}

/** Begins of texts that a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/

const csvField = (value: string | number): string => {
  const plain = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** Rows as CSV (RFC 4180) with a line of titles. Texts that a spreadsheet would run are marked as texts. */
export const csvOf = <Row>(columns: readonly ExportColumn<Row>[], rows: readonly Row[]): string =>
  [
    columns.map(({ title }) => csvField(title)),
    ...rows.map((row) => columns.map(({ value }) => csvField(value(row)))),
  ]
    .map((fields) => `${fields.join(',')}\r\n`)
    .join('')

/** Hands a text over to the browser to save. */
export const saveFile = (name: string, type: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
