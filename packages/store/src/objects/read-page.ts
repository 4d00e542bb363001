import type { Database } from '../database/index.js'
import type { Kept, Page, PageItem, PageQuery } from '../ports/objects.js'
import { countPage } from '../sql/objects/count-page.js'
import { countRecentEvses } from '../sql/objects/count-recent-evses.js'
import type { DateStrategy } from '../sql/objects/page-filter.js'
import { selectPage } from '../sql/objects/select-page.js'
import { sortColumn } from '../sql/objects/sort-columns.js'
import { InvalidCursor, type Position, readCursor, writeCursor } from './cursor.js'
import { type ObjectRow, rowKey } from './object-row.js'

interface PageRow
  extends Pick<
    ObjectRow,
    'kind' | 'country_code' | 'party_id' | 'id' | 'version_in' | 'unmapped' | 'received_from' | 'created_seq'
  > {
  readonly text: string
  readonly sort_value: string | null
  readonly evses: string | null
  /** EVSEs that came in another version than the location, or have a remainder. */
  readonly apart: readonly (Kept & { readonly id: string })[] | null
}

/** Below this many matches, looking up what changed is cheaper than walking past what did not. */
const fewMatches = 10_000

const textOf = ({ text, evses }: PageRow): string => {
  if (evses === null) return text
  const separator = text === '{}' ? '' : ', '
  return `${text.slice(0, -1)}${separator}"evses": [${evses}]}`
}

const itemOf = (row: PageRow): PageItem => ({
  key: rowKey(row),
  text: textOf(row),
  versionIn: row.version_in,
  unmapped: row.unmapped,
  receivedFrom: row.received_from,
  ...(row.apart === null ? {} : { parts: new Map(row.apart.map((evse) => [evse.id, evse])) }),
})

/** The total is not known yet when it is counted; the number of changed EVSEs tells as much. */
const countStrategy = async (database: Database, { kind, dateFrom }: PageQuery): Promise<DateStrategy> => {
  if (kind !== 'location' || dateFrom === undefined) return 'few'
  const { rows } = await database.query<{ recent: number }>(countRecentEvses, [dateFrom, fewMatches])
  return (rows[0]?.recent ?? 0) < fewMatches ? 'few' : 'many'
}

const countAll = async (database: Database, query: PageQuery): Promise<number> => {
  const { statement, params } = countPage(query, await countStrategy(database, query))
  const { rows } = await database.query<{ total: number }>(statement, params)
  return rows[0]?.total ?? 0
}

const nobody = ({ owners, tokenOwners, addressees, requesters }: PageQuery): boolean =>
  [owners, tokenOwners, addressees, requesters].some((parties) => parties?.length === 0)

const sortValueOf = ({ sort_value: value }: PageRow): { value?: string } => (value === null ? {} : { value })

const DECIMAL = /^-?\d+(\.\d+)?$/

/** Where to go on. A cursor of another order is none: it would leave rows out. */
const positionIn = (query: PageQuery): Position | undefined => {
  if (query.after === undefined) return undefined
  const position = readCursor(query.after)
  const sorted = sortColumn(query)
  const fits =
    sorted === undefined
      ? position.value === undefined
      : position.value !== undefined && (sorted[1] === 'text' || DECIMAL.test(position.value))
  if (!fits)
    throw new InvalidCursor('The page cursor belongs to another order: start again from the first page')
  return position
}

/** Reads one page; throws `InvalidCursor` for an `after` that this store did not give out. */
export const readPage = async (database: Database, query: PageQuery): Promise<Page> => {
  const position = positionIn(query)
  if (nobody(query)) return { items: [], total: 0, next: undefined }
  const total = position?.total ?? (await countAll(database, query))
  if (total === 0) return { items: [], total, next: undefined }
  // One row more than asked for tells whether there is a next page.
  const { statement, params } = selectPage(query, {
    after: position,
    limit: query.limit + 1,
    strategy: total < fewMatches ? 'few' : 'many',
  })
  const { rows } = await database.query<PageRow>(statement, params)
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const more = rows.length > shown.length && last !== undefined
  return {
    items: shown.map(itemOf),
    total,
    next: more ? writeCursor({ seq: last.created_seq, total, ...sortValueOf(last) }) : undefined,
  }
}
