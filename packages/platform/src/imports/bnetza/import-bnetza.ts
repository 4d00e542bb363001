import type { ocpi230, PartyId } from '@interwatt/protocol'
import { columns, type RegisterRow } from './columns.js'
import { checkPlaces, dropDuplicateEvseIds } from './cross-checks.js'
import { type Facility, readFacility, readFacilityId } from './facility.js'
import { locationOf } from './location.js'
import type { Plug } from './plugs.js'
import { type RegisterEncoding, readRegister } from './read-register.js'
import { ReportBook, type ReportCode, type ReportSeverity, type RowReport } from './row-report.js'
import { groupIntoSites } from './sites.js'

/** What the caller decides about an import. */
export interface BnetzaImportOptions {
  /** Party that owns the Locations. */
  readonly party: PartyId
  /** `last_updated` of every object, `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly now: string
  /** Tariffs of a connector; none by default: the price is then unknown, not free (LOC-132). */
  readonly tariffIds?: (facility: Facility, plug: Plug) => readonly string[]
  /** Takes the operator as written, trimmed; facilities it refuses are counted, not imported. */
  readonly operatorFilter?: (operator: string) => boolean
  /** Status of facilities in operation, `UNKNOWN` by default: the register knows nothing of the moment. */
  readonly assumeStatus?: ocpi230.Status
  /** Capabilities every EVSE gets besides those the register states, e.g. `REMOTE_START_STOP_CAPABLE`. */
  readonly assumeCapabilities?: readonly ocpi230.Capability[]
  /** Encoding of byte chunks, UTF-8 by default. */
  readonly encoding?: RegisterEncoding
  /** Rows read at most, 500,000 by default. */
  readonly maxRows?: number
  /** Called every 500 rows and at the end with the rows read so far. */
  readonly onProgress?: (rows: number) => void
}

/** Figures of an import. */
export interface BnetzaImportSummary {
  readonly rows: number
  readonly facilities: number
  /** Rows of which nothing was imported; each has a report that says why. */
  readonly skipped: number
  /** Rows left out by `operatorFilter`. */
  readonly filtered: number
  readonly locations: number
  readonly evses: number
  readonly connectors: number
  readonly severities: Readonly<Record<ReportSeverity, number>>
  /** Reports by code, only codes that occurred. */
  readonly codes: Readonly<Partial<Record<ReportCode, number>>>
}

export interface BnetzaImport {
  /** Canonical 2.3.0 documents, by the lowest register id of the site. */
  readonly locations: ocpi230.Location[]
  /** Everything the register lacks or garbles, in the order of the file. */
  readonly report: RowReport[]
  readonly summary: BnetzaImportSummary
}

const PROGRESS_ROWS = 500
const MAX_ROWS = 500_000

interface Counts {
  rows: number
  skipped: number
  filtered: number
}

/** Reads the facility of a row once per id; undefined when it is skipped. */
function takeRow(row: RegisterRow, seen: Map<string, number>, book: ReportBook): Facility | undefined {
  const id = readFacilityId(row)
  const note = book.noteFor(row.line, id)
  if (id === undefined) {
    note('facility_id_garbled', columns.id, row.cell(columns.id), 'skipped: ids are made of it')
    return undefined
  }
  const earlier = seen.get(id)
  if (earlier !== undefined) {
    note('facility_duplicate', columns.id, id, `skipped: line ${earlier} has the same id`)
    return undefined
  }
  seen.set(id, row.line)
  return readFacility(row, id, note)
}

async function readFacilities(
  input: AsyncIterable<string | Uint8Array>,
  options: BnetzaImportOptions,
  book: ReportBook,
): Promise<{ facilities: Facility[]; counts: Counts }> {
  const facilities: Facility[] = []
  const counts: Counts = { rows: 0, skipped: 0, filtered: 0 }
  const seen = new Map<string, number>()
  const settings = {
    encoding: options.encoding ?? 'utf-8',
    maxRows: options.maxRows ?? MAX_ROWS,
    book,
  } as const
  for await (const row of readRegister(input, settings)) {
    counts.rows += 1
    if (counts.rows % PROGRESS_ROWS === 0) options.onProgress?.(counts.rows)
    if (options.operatorFilter?.(row.cell(columns.operator).trim()) === false) {
      counts.filtered += 1
      continue
    }
    const facility = takeRow(row, seen, book)
    if (facility === undefined) counts.skipped += 1
    else facilities.push(facility)
  }
  options.onProgress?.(counts.rows)
  return { facilities, counts }
}

const countBy = <K extends string>(keys: readonly K[]): Partial<Record<K, number>> => {
  const counts: Partial<Record<K, number>> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

function summarize(
  locations: readonly ocpi230.Location[],
  report: readonly RowReport[],
  counts: Counts,
): BnetzaImportSummary {
  const evses = locations.flatMap((location) => location.evses ?? [])
  const codes = countBy(report.map(({ code }) => code))
  const misshapen = codes.column_count_differs ?? 0
  return {
    rows: counts.rows + misshapen,
    facilities: counts.rows - counts.skipped - counts.filtered,
    skipped: counts.skipped + misshapen,
    filtered: counts.filtered,
    locations: locations.length,
    evses: evses.length,
    connectors: evses.reduce((sum, evse) => sum + evse.connectors.length, 0),
    severities: { error: 0, warning: 0, info: 0, ...countBy(report.map(({ severity }) => severity)) },
    codes,
  }
}

/**
 * Turns the public register of charging facilities of the Bundesnetzagentur into Locations of a party. Content never
 * throws: what cannot be read is reported. Rejects only when `input` itself fails.
 */
export async function importBnetza(
  input: AsyncIterable<string | Uint8Array>,
  options: BnetzaImportOptions,
): Promise<BnetzaImport> {
  const book = new ReportBook()
  const read = await readFacilities(input, options, book)
  checkPlaces(read.facilities, book)
  const facilities = dropDuplicateEvseIds(read.facilities, book)
  const settings = {
    party: options.party,
    now: options.now,
    statusInOperation: options.assumeStatus ?? 'UNKNOWN',
    assumedCapabilities: options.assumeCapabilities ?? [],
    tariffIds: options.tariffIds ?? (() => []),
  } as const
  const locations = groupIntoSites(facilities).map((site) => locationOf(site, settings, book))
  const report = book.inFileOrder()
  return { locations, report, summary: summarize(locations, report, read.counts) }
}
