import { Button, Group, Text } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { textAt } from '../../api/fields.js'
import type { Collection, Row } from '../../api/objects.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { ExportMenu } from '../../parts/export-menu.js'
import { type Filter, FilterBar, useFilters } from '../../parts/filters.js'
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
}

/** Filters that every list has. */
const useCommonFilters = (): readonly Filter[] => [
  ...useOwnerFilters(),
  {
    name: 'order',
    label: 'Order',
    all: 'Newest first',
    options: [{ value: 'oldest', label: 'Oldest first' }],
  },
]

/** The row's key: owner and id, and what else belongs to its identity. */
const rowId = ({ document }: Row): string =>
  ['country_code', 'party_id', 'id', 'uid', 'type'].map((name) => textAt(document, name)).join('/')

/** A list of OCPI objects: filtered and paged by the node, newest first, exported whole. */
export const CollectionPage = (props: CollectionPageProps) => {
  const { collection, title, one, filters: special, whenEmpty, actions } = props
  const filters = [...special, ...useCommonFilters()]
  const { values, clear } = useFilters(filters)
  const asked = { order: 'newest', ...ownerQueryOf(values) }
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
          <DataTable label={title} columns={columns} rows={rows} rowId={rowId} />
          <Group justify="space-between" mt="sm">
            <Text size="sm" c="dimmed">
              {rows.length.toLocaleString()} of {total.toLocaleString()} shown; headings sort what is shown.
            </Text>
            <ShowMore list={list} />
          </Group>
        </>
      )}
    </>
  )
}
