import { CsvError, type Parser, parse } from 'csv-parse'
import { columns, knownColumns, MAX_SLOTS, type RegisterRow, slotColumns } from './columns.js'
import type { ReportBook } from './row-report.js'

export type RegisterEncoding = 'utf-8' | 'windows-1252'

export interface ReadRegisterOptions {
  readonly encoding: RegisterEncoding
  /** Rows read at most; the rest is reported, not read. */
  readonly maxRows: number
  readonly book: ReportBook
}

interface CsvRecord {
  readonly cells: readonly string[]
  /** Line on which it ends, from 1. */
  readonly line: number
}

/** A record longer than this is an open quote, not a facility (characters). */
const MAX_RECORD_LENGTH = 131_072
/** Published files may have a few lines of text above the header. */
const MAX_LINES_ABOVE_HEADER = 100

async function* decode(input: AsyncIterable<string | Uint8Array>, encoding: RegisterEncoding) {
  const decoder = new TextDecoder(encoding)
  let first = true
  for await (const chunk of input) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    if (text === '') continue
    yield first ? text.replace(/^\uFEFF/, '') : text
    first = false
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

/** Parser that hands each record to `take` as soon as it is complete, so that a later error loses none. */
const newParser = (take: (record: CsvRecord) => void): Parser =>
  parse({
    delimiter: ';',
    max_record_size: MAX_RECORD_LENGTH,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    on_record: (cells: string[], { lines }) => {
      take({ cells, line: lines })
      return null
    },
  })

/** Records of the text; text that is no CSV is reported and ends them, a failure of the input throws. */
async function* readRecords(text: AsyncIterable<string>, book: ReportBook): AsyncGenerator<CsvRecord> {
  const complete: CsvRecord[] = []
  const failures: Error[] = []
  let lastLine = 0
  const parser = newParser((record) => {
    complete.push(record)
    lastLine = record.line
  })
  parser.on('error', (error) => failures.push(error))
  for await (const chunk of text) {
    await new Promise<void>((resolve) => parser.write(chunk, () => resolve()))
    yield* complete.splice(0)
    if (failures.length > 0) break
  }
  if (failures.length === 0) await new Promise<void>((resolve) => parser.end(() => resolve()))
  yield* complete
  for (const failure of failures) {
    if (!(failure instanceof CsvError)) throw failure
    const note = book.noteFor(lastLine + 1, undefined)
    note('csv_unreadable', '', '', `nothing read after line ${lastLine}: ${failure.code}`)
  }
}

const countSlots = (header: readonly string[]): number => {
  let slots = 0
  while (slots < MAX_SLOTS && header.includes(slotColumns(slots + 1).plugs)) slots += 1
  return slots
}

const asRow = (
  header: ReadonlyMap<string, number>,
  slots: number,
  { cells, line }: CsvRecord,
): RegisterRow => ({
  line,
  slots,
  cell: (column) => cells[header.get(column) ?? -1] ?? '',
})

interface Header {
  readonly names: ReadonlyMap<string, number>
  readonly width: number
  readonly slots: number
}

function readHeader({ cells, line }: CsvRecord, book: ReportBook): Header | undefined {
  const names = cells.map((name) => name.trim())
  if (!names.includes(columns.id)) return undefined
  const note = book.noteFor(line, undefined)
  for (const column of knownColumns) {
    if (!names.includes(column)) note('column_missing', column, '', 'read as empty in every row')
  }
  return {
    names: new Map(names.map((name, index) => [name, index])),
    width: names.length,
    slots: countSlots(names),
  }
}

/** `lastLine` is where the record before ended: an open quote swallows the lines between. */
function checkShape(record: CsvRecord, lastLine: number, header: Header, book: ReportBook): boolean {
  const note = book.noteFor(record.line, undefined)
  const text = record.cells.join(';')
  const cells = record.cells.length
  if (cells !== header.width) {
    const lines = `lines ${lastLine + 1} to ${record.line}`
    note('column_count_differs', '', text, `${lines} skipped: ${cells} cells under ${header.width} columns`)
    return false
  }
  if (text.includes('\uFFFD')) note('text_undecodable', '', text, 'kept with the replacement character')
  return true
}

/**
 * Rows of a register file, in order. What is no CSV, or no register, is reported and ends the rows; only a failure of
 * the input itself throws.
 */
export async function* readRegister(
  input: AsyncIterable<string | Uint8Array>,
  { book, encoding, maxRows }: ReadRegisterOptions,
): AsyncGenerator<RegisterRow> {
  let header: Header | undefined
  let lastLine = 0
  let above = 0
  let rows = 0
  for await (const record of readRecords(decode(input, encoding), book)) {
    if (header === undefined) {
      header = readHeader(record, book)
      above += 1
      if (header === undefined && above === MAX_LINES_ABOVE_HEADER) break
    } else if (rows === maxRows) {
      const note = book.noteFor(record.line, undefined)
      note('row_limit_reached', '', '', `not read further than ${maxRows} rows`)
      return
    } else if (checkShape(record, lastLine, header, book)) {
      rows += 1
      yield asRow(header.names, header.slots, record)
    }
    lastLine = record.line
  }
  if (header === undefined)
    book.noteFor(1, undefined)('header_missing', columns.id, '', 'nothing read: no line names the column')
}
