import { Group } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, Route, Switch } from 'wouter'
import { allPages } from '../../api/all-pages.js'
import { type Driver, getDrivers } from '../../api/drivers.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { ExportMenu } from '../../parts/export-menu.js'
import { type Filter, FilterBar, useFilters } from '../../parts/filters.js'
import { ShowMore } from '../../parts/show-more.js'
import { Empty, Failure, Loading, NothingHere, PageHead } from '../../parts/states.js'
import { Age } from '../../parts/values.js'
import { DriverPage } from './driver-page.js'
import { languageOf, shownName } from './driver-words.js'

const filters: readonly Filter[] = [{ name: 'search', label: 'Driver', placeholder: 'name or e-mail' }]

const columns: readonly Column<Driver>[] = [
  {
    id: 'name',
    title: 'Driver',
    value: shownName,
    cell: (driver) => <Link href={`/drivers/${driver.id}`}>{shownName(driver)}</Link>,
  },
  { id: 'email', title: 'E-mail', value: ({ email }) => email ?? '' },
  { id: 'contract', title: 'Contract', value: ({ contract_id }) => contract_id },
  { id: 'party', title: 'eMSP', value: ({ country_code, party_id }) => `${country_code}*${party_id}` },
  { id: 'language', title: 'Language', value: ({ language }) => languageOf(language) },
  {
    id: 'since',
    title: 'Since',
    value: ({ created_at }) => created_at,
    cell: ({ created_at }) => <Age at={created_at} />,
  },
]

const PAGE_ROWS = 50
const EXPORT_ROWS = 1_000

const fetchAll = (values: Readonly<Record<string, string>>): Promise<readonly Driver[]> =>
  allPages((cursor) => getDrivers({ ...values, limit: EXPORT_ROWS, cursor }))

const DriverList = () => {
  const { values } = useFilters(filters)
  const list = useInfiniteQuery({
    queryKey: ['drivers', 'list', values],
    queryFn: ({ pageParam, signal }) =>
      getDrivers({ ...values, limit: PAGE_ROWS, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  })
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const exported = (
    <ExportMenu name="drivers" columns={columns} fetchRows={() => fetchAll(values)} document={(row) => row} />
  )
  return (
    <>
      <PageHead title="Drivers" below="People with an account at an eMSP of this node">
        {exported}
      </PageHead>
      <FilterBar filters={filters} />
      {list.isPending && <Loading />}
      {list.isError && <Failure error={list.error} retry={() => list.refetch()} />}
      {list.data !== undefined && rows.length === 0 && (
        <Empty title={values.search === undefined ? 'No driver yet' : 'No driver matches'}>
          {values.search === undefined
            ? 'An account is made when somebody signs in to the driver app for the first time.'
            : 'Part of a name, an e-mail address or a contract is enough.'}
        </Empty>
      )}
      {rows.length > 0 && <DataTable label="Drivers" columns={columns} rows={rows} rowId={({ id }) => id} />}
      <Group justify="flex-end" mt="sm">
        <ShowMore list={list} />
      </Group>
    </>
  )
}

/** Drivers and the page of each. */
const DriverRoutes = () => (
  <Switch>
    <Route path="/drivers" component={DriverList} />
    <Route path="/drivers/:id" component={DriverPage} />
    <Route>
      <NothingHere what="page" />
    </Route>
  </Switch>
)
export default DriverRoutes
