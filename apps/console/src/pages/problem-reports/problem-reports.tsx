import { Group, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, Route, Switch } from 'wouter'
import { allPages } from '../../api/all-pages.js'
import { getReports, type ProblemReport, reportStates } from '../../api/drivers.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { ExportMenu } from '../../parts/export-menu.js'
import { type Filter, FilterBar, useFilters } from '../../parts/filters.js'
import { ShowMore } from '../../parts/show-more.js'
import { Empty, Failure, Loading, NothingHere, PageHead } from '../../parts/states.js'
import { Age, Mark } from '../../parts/values.js'
import { ReportPage } from './report-page.js'
import { kindOf, reportTones } from './report-words.js'

const filters: readonly Filter[] = [
  { name: 'state', label: 'State', options: reportStates },
  { name: 'driver_id', label: 'Driver', placeholder: 'id' },
]

const placeOf = ({ station }: ProblemReport): string =>
  station === null ? '' : `${station.country_code}*${station.party_id} ${station.location_id}`

const columns: readonly Column<ProblemReport>[] = [
  {
    id: 'kind',
    title: 'Problem',
    value: ({ kind }) => kindOf(kind),
    cell: ({ id, kind }) => <Link href={`/problem-reports/${id}`}>{kindOf(kind)}</Link>,
  },
  {
    id: 'text',
    title: 'In their words',
    value: ({ text }) => text,
    cell: ({ text }) => (
      <Text size="sm" lineClamp={2} maw="42ch">
        {text}
      </Text>
    ),
  },
  {
    id: 'state',
    title: 'State',
    value: ({ state }) => state,
    cell: ({ state }) => <Mark tone={reportTones[state]}>{state}</Mark>,
  },
  {
    id: 'driver',
    title: 'Driver',
    value: ({ driver }) => driver.name,
    cell: ({ driver }) => <Link href={`/drivers/${driver.id}`}>{driver.name}</Link>,
  },
  { id: 'place', title: 'Station', value: placeOf },
  { id: 'answer', title: 'Answer', value: ({ answer }) => answer ?? '', isExportOnly: true },
  {
    id: 'at',
    title: 'When',
    value: ({ created_at }) => created_at,
    cell: ({ created_at }) => <Age at={created_at} />,
  },
]

const PAGE_ROWS = 50
const EXPORT_ROWS = 1_000

const ReportList = () => {
  const { values } = useFilters(filters)
  const list = useInfiniteQuery({
    queryKey: ['problem-reports', 'list', values],
    queryFn: ({ pageParam, signal }) =>
      getReports({ ...values, limit: PAGE_ROWS, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  })
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const isFiltered = Object.keys(values).length > 0
  const fetchRows = () => allPages((cursor) => getReports({ ...values, limit: EXPORT_ROWS, cursor }))
  return (
    <>
      <PageHead title="Problem reports" below="What drivers report, and what they are answered">
        <ExportMenu name="problem-reports" columns={columns} fetchRows={fetchRows} document={(row) => row} />
      </PageHead>
      <FilterBar filters={filters} />
      {list.isPending && <Loading />}
      {list.isError && <Failure error={list.error} retry={() => list.refetch()} />}
      {list.data !== undefined && rows.length === 0 && (
        <Empty title={isFiltered ? 'No report matches' : 'No report yet'}>
          {isFiltered
            ? 'Clear the filters to see all.'
            : 'Drivers report problems in the app; answers reach them there.'}
        </Empty>
      )}
      {rows.length > 0 && (
        <DataTable label="Problem reports" columns={columns} rows={rows} rowId={({ id }) => id} />
      )}
      <Group justify="flex-end" mt="sm">
        <ShowMore list={list} />
      </Group>
    </>
  )
}

/** Problem reports and the page of each. */
const ReportRoutes = () => (
  <Switch>
    <Route path="/problem-reports" component={ReportList} />
    <Route path="/problem-reports/:id" component={ReportPage} />
    <Route>
      <NothingHere what="page" />
    </Route>
  </Switch>
)
export default ReportRoutes
