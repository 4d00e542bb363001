import type { ObjectKind, PartyId } from '@interwatt/protocol'
import type { Reply } from '@interwatt/server'
import type { PageQuery } from '@interwatt/store'
import { hostedIn } from '../directory/partner-directory.js'
import type { AnyCall, ModuleDeps } from './receive.js'
import { serveText } from './serving.js'

type Restriction = Pick<PageQuery, 'tokenOwners' | 'unpublished'>

const EMPTY: Reply = { kind: 'page', items: [], total: 0, next: undefined }

/**
 * A page of our own objects for a partner: those of the hosted parties in `ownRole`, narrowed to the party the request
 * is addressed to (TRN-060 to TRN-079). `restrict` narrows further to what concerns the caller; undefined shows nothing.
 */
export const listOwn = async (
  deps: ModuleDeps,
  call: AnyCall,
  kind: Exclude<ObjectKind, 'evse'>,
  ownRole: string,
  restriction: Restriction | undefined,
): Promise<Reply> => {
  const owners: readonly PartyId[] = hostedIn(deps.directory.hosted(), ownRole, call.routing.to)
  if (owners.length === 0 || restriction === undefined || call.page === undefined) return EMPTY
  const { page } = call
  const found = await deps.objects.page({
    kind,
    owners,
    receivedFrom: null,
    limit: page.limit,
    ...(page.cursor === undefined ? { offset: page.offset } : { after: page.cursor }),
    ...(page.dateFrom === undefined ? {} : { dateFrom: page.dateFrom }),
    ...(page.dateTo === undefined ? {} : { dateTo: page.dateTo }),
    ...restriction,
  })
  const items = found.items
    .map((item) => serveText(kind, call.version, item))
    .filter((text) => text !== undefined)
  return { kind: 'page', items, total: found.total, next: found.next }
}
