import { writeFile } from 'node:fs/promises'
import type { BnetzaImport, RowReport } from '@interwatt/platform'
import { Failure, reasonOf } from '../failure.js'
import type { Paint } from '../terminal/screen.js'
import { pairLines, tableLines } from '../terminal/table.js'
import type { SentLocations } from './send-locations.js'

const number = (value: number): string => value.toLocaleString('en-US')

const codeRows = (read: BnetzaImport): readonly (readonly string[])[] => {
  const severity = new Map<string, RowReport['severity']>(read.report.map((row) => [row.code, row.severity]))
  const order = ['error', 'warning', 'info']
  return Object.entries(read.summary.codes)
    .map(([code, count]) => ({
      code,
      count: count ?? 0,
      severity: severity.get(code) ?? 'info',
    }))
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || b.count - a.count)
    .map((row) => [row.severity, row.code, number(row.count)])
}

/** What an import did, as lines: figures, what was noted by kind, what the node refused. */
export const importLines = (
  read: BnetzaImport,
  sent: SentLocations | undefined,
  screen: { readonly width: number; readonly paint: Paint },
): readonly string[] => {
  const { summary } = read
  const figures: (readonly [string, string])[] = [
    ['Rows', number(summary.rows)],
    ['Skipped', number(summary.skipped)],
    ...(summary.filtered === 0 ? [] : [['Left out', number(summary.filtered)] as const]),
    ['Locations', number(summary.locations)],
    ['EVSEs', number(summary.evses)],
    ['Connectors', number(summary.connectors)],
  ]
  const stored: (readonly [string, string])[] =
    sent === undefined
      ? []
      : [
          ['Created', number(sent.created)],
          ['Updated', number(sent.updated)],
          ['Unchanged', number(sent.unchanged)],
          ['Refused', number(sent.refused.length)],
        ]
  const codes = codeRows(read)
  const refused = (sent?.refused ?? []).slice(0, 10).map(({ id, findings }) => {
    const [first] = findings
    return `  ${id}: ${first === undefined ? 'no reason given' : `${first.pointer} ${first.message}`}`
  })
  return [
    ...pairLines([...figures, ...stored], screen.width),
    ...(codes.length === 0 ? [] : ['', ...tableLines(['SEVERITY', 'NOTED', 'TIMES'], codes, screen.width)]),
    ...(refused.length === 0 ? [] : ['', screen.paint.red('Refused by the node:'), ...refused]),
  ]
}

/** The result for programs, without the single rows. */
export const importJson = (read: BnetzaImport, sent: SentLocations | undefined): object => ({
  dry_run: sent === undefined,
  summary: read.summary,
  ...(sent === undefined ? {} : { stored: sent }),
})

const cell = (value: string): string => (/[";\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

const asCsv = (report: readonly RowReport[]): string => {
  const header = ['line', 'id', 'column', 'severity', 'code', 'effect', 'raw', 'done']
  const rows = report.map((row) =>
    [
      String(row.line),
      row.facilityId ?? '',
      row.column,
      row.severity,
      row.code,
      row.effect,
      row.raw,
      row.done,
    ]
      .map(cell)
      .join(';'),
  )
  return `\uFEFF${[header.join(';'), ...rows].join('\n')}\n`
}

/** Writes everything noted, row by row: CSV for a name that ends so, JSON otherwise. Throws Failure. */
export const writeReport = async (path: string, read: BnetzaImport): Promise<void> => {
  const { report, summary } = read
  const text = path.endsWith('.csv')
    ? asCsv(report)
    : `${JSON.stringify({ summary, rows: report }, undefined, 2)}\n`
  try {
    await writeFile(path, text)
  } catch (cause) {
    const hint = 'Give the path of a file that can be written.'
    throw new Failure(`The report cannot be written to ${path}: ${reasonOf(cause)}.`, { hint, cause })
  }
}
