import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
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
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
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

async function* readRecords(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const parser = parse({
    delimiter: ';',
    info: true,
    max_record_size: MAX_RECORD_LENGTH,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  })
  // Errors of both streams arrive in the loop below: the parser is destroyed with them.
  pipeline(Readable.from(text), parser, () => undefined)
  for await (const record of parser) yield record
}

const countSlots = (header: readonly string[]): number => {
  let slots = 0
  while (slots < MAX_SLOTS && header.includes(slotColumns(slots + 1).plugs)) slots += 1
  return slots
}

const asRow = (
  header: ReadonlyMap<string, number>,
  slots: number,
  { record, info }: CsvRecord,
): RegisterRow => ({
  line: info.lines,
  slots,
  cell: (column) => record[header.get(column) ?? -1] ?? '',
})

interface Header {
  readonly names: ReadonlyMap<string, number>
  readonly width: number
  readonly slots: number
}

function readHeader({ record, info }: CsvRecord, book: ReportBook): Header | undefined {
  const names = record.map((name) => name.trim())
  if (!names.includes(columns.id)) return undefined
  const note = book.noteFor(info.lines, undefined)
  for (const column of knownColumns) {
    if (!names.includes(column)) note('column_missing', column, '', 'read as empty in every row')
  }
  return {
    names: new Map(names.map((name, index) => [name, index])),
    width: names.length,
    slots: countSlots(names),
  }
}

function checkShape(record: CsvRecord, header: Header, book: ReportBook): boolean {
  const note = book.noteFor(record.info.lines, undefined)
  const text = record.record.join(';')
  if (record.record.length !== header.width) {
    note(
      'column_count_differs',
      '',
      text,
      `skipped: ${record.record.length} cells under ${header.width} columns`,
    )
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
  options: ReadRegisterOptions,
): AsyncGenerator<RegisterRow> {
  const { book } = options
  let header: Header | undefined
  let line = 1
  let above = 0
  let rows = 0
  try {
    for await (const record of readRecords(decode(input, options.encoding))) {
      line = record.info.lines
      if (header === undefined) {
        header = readHeader(record, book)
        above += 1
        if (header === undefined && above >= MAX_LINES_ABOVE_HEADER) break
      } else if (rows >= options.maxRows) {
        book.noteFor(line, undefined)(
          'row_limit_reached',
          '',
          '',
          `not read further than ${options.maxRows} rows`,
        )
        return
      } else if (checkShape(record, header, book)) {
        rows += 1
        yield asRow(header.names, header.slots, record)
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    book.noteFor(line, undefined)('csv_unreadable', '', '', `not read further: ${error.code}`)
    return
  }
  if (header === undefined)
    book.noteFor(line, undefined)('header_missing', columns.id, '', 'nothing read: no line names the column')
}
