import { type ObjectKind, OcpiRefusal } from '@interwatt/protocol'
import type { Reply } from '@interwatt/server'
import { InvalidCursor, type Page, type PageQuery } from '@interwatt/store'
import { addressedParties } from './calling-parties.js'
import type { AnyCall, ModuleDeps } from './receive.js'
import { factsOfPage, serveText } from './serving.js'

type Restriction = Pick<
  PageQuery,
  'tokenOwners' | 'unpublished' | 'addressees' | 'requesters' | 'timeslotFrom' | 'timeslotTo'
>

const EMPTY: Reply = { kind: 'page', items: [], total: 0, next: undefined }

/** Nothing is stored as older than 1970, and the year 0000 is none to PostgreSQL. */
const since1970 = (instant: string): string => (instant < EPOCH ? EPOCH : instant)
const EPOCH = '1970-01-01T00:00:00.000Z'

/** Reads a page; a cursor that is none of ours is 2001 (TRN-076). */
const pageOf = async (deps: ModuleDeps, query: PageQuery): Promise<Page> => {
  try {
    return await deps.objects.page(query)
  } catch (error) {
    if (!(error instanceof InvalidCursor)) throw error
    throw new OcpiRefusal('invalid', 'cursor is none this platform gave out; start again at the first page.')
  }
}

/**
 * A page of our own objects for a partner: those of the hosted parties in `ownRole`, narrowed to the party the request
 * is addressed to (TRN-060 to TRN-079). `restrict` narrows further to what concerns the caller; undefined shows nothing.
 */
export const listOwn = async (
  deps: ModuleDeps,
  call: AnyCall,
  kind: Exclude<ObjectKind, 'evse'>,
  ownRole: string | readonly string[],
  restriction: Restriction | undefined,
): Promise<Reply> => {
  const owners = addressedParties(deps.directory, call, typeof ownRole === 'string' ? [ownRole] : ownRole)
  if (owners.length === 0 || restriction === undefined || call.page === undefined) return EMPTY
  const { page } = call
  const found = await pageOf(deps, {
    kind,
    owners,
    receivedFrom: null,
    limit: page.limit,
    ...(page.cursor === undefined ? { offset: page.offset } : { after: page.cursor }),
    ...(page.dateFrom === undefined ? {} : { dateFrom: since1970(page.dateFrom) }),
    ...(page.dateTo === undefined ? {} : { dateTo: since1970(page.dateTo) }),
    ...restriction,
  })
  const facts = await factsOfPage(deps.objects, call.version, found.items, deps.now())
  const items = found.items
    .map((item) => serveText(kind, call.version, item, facts))
    .filter((text) => text !== undefined)
  return { kind: 'page', items, total: found.total, next: found.next }
}
