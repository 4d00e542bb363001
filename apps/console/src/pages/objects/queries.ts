import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { allPages } from '../../api/all-pages.js'
import {
  type Collection,
  getObject,
  getPage,
  getShown,
  type ObjectAddress,
  type Row,
} from '../../api/objects.js'
import { listPartners, type Partner } from '../../api/partners.js'
import type { Query } from '../../api/request.js'

/** Rows of one part of a list. */
const PAGE_ROWS = 50
/** Rows of one part of an export. */
const EXPORT_ROWS = 1_000

/** A list, part by part. It begins with its first part again when an event touches it. */
export const useCollection = (collection: Collection, filters: Query) =>
  useInfiniteQuery({
    queryKey: [collection, 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      getPage(collection, { ...filters, limit: PAGE_ROWS, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  })

/** All rows that match, for an export; at most 100,000. */
export const fetchAll = (collection: Collection, filters: Query): Promise<readonly Row[]> =>
  allPages(async (cursor) => {
    const { rows, next } = await getPage(collection, { ...filters, limit: EXPORT_ROWS, cursor })
    return { items: rows, next }
  })

/** One object. */
export const useObject = (where: ObjectAddress) =>
  useQuery({ queryKey: [where.collection, 'one', where], queryFn: () => getObject(where) })

/** One object as a partner is sent it. */
export const useShown = (where: ObjectAddress, partner: string) =>
  useQuery({
    queryKey: [where.collection, 'shown', where, partner],
    queryFn: () => getShown(where, { partner }),
    enabled: partner !== '',
  })

/** All partners, also read once a minute: not everything about them is told by an event. */
export const partnersQuery = queryOptions({
  queryKey: ['partners', 'list'],
  queryFn: listPartners,
  refetchInterval: 60_000,
})

/** Names of partners by id. */
export const usePartnerNames = (): ((id: string | null) => string) => {
  const { data } = useQuery(partnersQuery)
  return (id) => {
    if (id === null) return 'this node'
    return data === undefined ? '…' : (data.find((partner) => partner.id === id)?.name ?? id)
  }
}

/** Partners that are sent objects, those in the oldest version first: they lose the most. */
export const useRegistered = (): readonly Partner[] => {
  const { data } = useQuery(partnersQuery)
  return (data ?? [])
    .filter(({ version }) => version !== null)
    .toSorted((a, b) => (a.version ?? '').localeCompare(b.version ?? ''))
}
