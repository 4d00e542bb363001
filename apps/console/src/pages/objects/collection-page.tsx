import { Button, Group, Text } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { useSearchParams } from 'wouter'
import { textAt } from '../../api/fields.js'
import type { Collection, Row } from '../../api/objects.js'
import type { Query } from '../../api/request.js'
import { type Column, DataTable, type NodeSorting } from '../../parts/data-table.js'
import { ExportMenu } from '../../parts/export-menu.js'
import { type Filter, FilterBar, useFilters } from '../../parts/filters.js'
import { type Preset, Presets } from '../../parts/presets.js'
import { ShowMore } from '../../parts/show-more.js'
import { Empty, Failure, Loading, PageHead } from '../../parts/states.js'
import { ownerQueryOf, useOwnerFilters } from './owner-filters.js'
import { fetchAll, useCollection, usePartnerNames } from './queries.js'

interface CollectionPageProps {
  readonly collection: Collection
  readonly title: string
  /** One thing of the list, for people. */
  readonly one: string
  readonly columns: readonly Column<Row>[]
  readonly filters: readonly Filter[]
  /** Says how the first one comes about. */
  readonly whenEmpty: ReactNode
  readonly actions?: ReactNode
  /** Questions that are one click away. */
  readonly presets?: readonly Preset[]
}

/** Filters that every list has. */
const useCommonFilters = (): readonly Filter[] => [
  ...useOwnerFilters(),
  {
    name: 'order',
    label: 'Order',
    all: 'Newest or most first',
    options: [{ value: 'oldest', label: 'Oldest or least first' }],
  },
]

/** The row's key: owner and id, and what else belongs to its identity. */
const rowId = ({ document }: Row): string =>
  ['country_code', 'party_id', 'id', 'uid', 'type'].map((name) => textAt(document, name)).join('/')

/** The order in which the node gives the list, kept in the address of the page. */
const useNodeSorting = (columns: readonly Column<Row>[]): NodeSorting => {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('sort') ?? ''
  const sort = columns.some((column) => column.sort === asked) ? asked : ''
  const order = search.get('order') === 'oldest' ? 'asc' : 'desc'
  const onSort = (next: string): void =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        if (next === sort && order === 'desc') after.set('order', 'oldest')
        else after.delete('order')
        after.set('sort', next)
        return after
      },
      { replace: true },
    )
  return { sort, order, onSort }
}

/** A list of OCPI objects: filtered and paged by the node, newest first, exported whole. */
export const CollectionPage = (props: CollectionPageProps) => {
  const { collection, title, one, filters: special, whenEmpty, actions, presets = [] } = props
  const filters = [...special, ...useCommonFilters()]
  const { values, clear } = useFilters(filters)
  const sorting = useNodeSorting(props.columns)
  const asked: Query = { order: 'newest', ...ownerQueryOf(values), sort: sorting.sort }
  const list = useCollection(collection, asked)
  const nameOf = usePartnerNames()
  const columns = useMemo(
    (): readonly Column<Row>[] => [
      ...props.columns,
      { id: 'from', title: 'From', value: ({ receivedFrom }) => nameOf(receivedFrom) },
    ],
    [props.columns, nameOf],
  )
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const total = list.data?.pages[0]?.total ?? 0
  const filtered = Object.keys(values).some((name) => name !== 'order')
  const exported = (
    <ExportMenu
      name={collection}
      columns={columns}
      fetchRows={() => fetchAll(collection, asked)}
      document={(row) => row.document}
    />
  )
  return (
    <>
      <PageHead
        title={title}
        below={list.data === undefined ? undefined : `${total.toLocaleString()} in all`}
      >
        {actions}
        {exported}
      </PageHead>
      <Presets path={`/${collection}`} presets={presets} />
      <FilterBar filters={filters} />
      {list.isError && <Failure error={list.error} retry={() => list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data !== undefined && rows.length === 0 && (
        <Empty title={filtered ? `No ${one} matches` : `No ${one} yet`}>
          {filtered ? (
            <Button size="xs" variant="default" onClick={clear} mt="xs">
              Clear the filters
            </Button>
          ) : (
            whenEmpty
          )}
        </Empty>
      )}
      {rows.length > 0 && (
        <>
          <DataTable
            label={title}
            columns={columns}
            rows={rows}
            rowId={rowId}
            sorting={sorting}
            isPart={list.hasNextPage}
          />
          <Group justify="space-between" mt="sm">
            <Text size="sm" c="dimmed">
              {rows.length.toLocaleString()} of {total.toLocaleString()} shown.
              {list.hasNextPage && ' Headings that can be clicked sort all of them.'}
            </Text>
            <ShowMore list={list} />
          </Group>
        </>
      )}
    </>
  )
}
