import { Group, Paper, Stack, Title } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, Route, Switch, useParams } from 'wouter'
import { textAt } from '../../api/fields.js'
import { type Command, getCommand, getCommands } from '../../api/node.js'
import { ApiFailure } from '../../api/request.js'
import { getCommandStory } from '../../api/story.js'
import { Breadcrumb } from '../../parts/breadcrumb.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { ExportMenu } from '../../parts/export-menu.js'
import { type Filter, FilterBar, useFilters } from '../../parts/filters.js'
import { JsonView } from '../../parts/json-view.js'
import { ShowMore } from '../../parts/show-more.js'
import { Empty, Failure, Loading, NothingHere, PageHead } from '../../parts/states.js'
import { durationOf, localTime } from '../../parts/times.js'
import { Age, Facts, Status } from '../../parts/values.js'
import { usePartnerNames } from '../objects/queries.js'
import { StoryList } from '../sessions/story-list.js'
import { WhyPanel } from './why-panel.js'

const STATES: Readonly<Record<string, string>> = {
  PENDING: 'It is being sent.',
  ACCEPTED: 'The CPO took it; its result is awaited.',
  DONE: 'The result is here. ACCEPTED means that the charge point took it, not that a car is charging.',
  REFUSED: 'The CPO said no at once; nothing follows.',
  TIMEOUT: 'No result came until the deadline. A session may still follow.',
  FAILED: 'Nothing usable arrived.',
}

const filters: readonly Filter[] = [
  { name: 'state', label: 'State', options: Object.keys(STATES) },
  { name: 'direction', label: 'Direction', options: ['sent', 'received'] },
]

const columnsWith = (nameOf: (id: string | null) => string): readonly Column<Command>[] => [
  {
    id: 'type',
    title: 'Command',
    value: ({ type }) => type,
    cell: ({ id, type }) => <Link href={`/commands/${encodeURIComponent(id)}`}>{type}</Link>,
  },
  { id: 'state', title: 'State', value: ({ state }) => state, cell: ({ state }) => <Status value={state} /> },
  { id: 'result', title: 'Result', value: ({ response, result }) => result ?? response ?? '' },
  {
    id: 'partner',
    title: 'Partner',
    value: ({ direction, partner_id }) => `${direction === 'sent' ? 'to' : 'from'} ${nameOf(partner_id)}`,
  },
  { id: 'location', title: 'Location', value: ({ request }) => textAt(request, 'location_id') },
  {
    id: 'at',
    title: 'When',
    value: (command) => command.created_at,
    cell: (command) => <Age at={command.created_at} />,
  },
]

const PAGE_ROWS = 50

const Commands = () => {
  const { values } = useFilters(filters)
  const nameOf = usePartnerNames()
  const columns = columnsWith(nameOf)
  const list = useInfiniteQuery({
    queryKey: ['commands', 'list', values],
    queryFn: ({ pageParam, signal }) =>
      getCommands({ ...values, limit: PAGE_ROWS, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  })
  const rows = list.data?.pages.flatMap((page) => page.items) ?? []
  const fetchRows = async (): Promise<readonly Command[]> =>
    (await getCommands({ ...values, limit: 1_000 })).items
  return (
    <>
      <PageHead title="Commands" below="Remote start and stop, reservations, unlocking">
        <ExportMenu name="commands" columns={columns} fetchRows={fetchRows} document={(row) => row} />
      </PageHead>
      <FilterBar filters={filters} />
      {list.isPending && <Loading />}
      {list.isError && <Failure error={list.error} retry={() => list.refetch()} />}
      {list.data !== undefined && rows.length === 0 && (
        <Empty title={Object.keys(values).length > 0 ? 'No command matches' : 'No command yet'}>
          A command is sent when a driver starts or stops a session with an app.
        </Empty>
      )}
      {rows.length > 0 && <DataTable label="Commands" columns={columns} rows={rows} rowId={({ id }) => id} />}
      {list.hasNextPage && (
        <Group justify="flex-end" mt="sm">
          <ShowMore list={list} />
        </Group>
      )}
    </>
  )
}

const CommandStory = ({ id }: { readonly id: string }) => {
  const story = useQuery({ queryKey: ['commands', 'story', id], queryFn: () => getCommandStory(id) })
  if (story.isPending) return <Loading />
  if (story.isError) return <Failure error={story.error} retry={() => story.refetch()} />
  return (
    <section aria-label="Story">
      <Title order={2} size="h4" mb="xs">
        Story
      </Title>
      <StoryList story={story.data} label="Story of the command" />
    </section>
  )
}

const Found = ({ command }: { readonly command: Command }) => {
  const nameOf = usePartnerNames()
  return (
    <Stack>
      <PageHead title={command.type} below={STATES[command.state]} />
      <WhyPanel of={{ kind: 'commands', id: command.id }} />
      <Paper withBorder p="md" bg="var(--console-panel)">
        <Facts
          facts={[
            ['State', <Status key="state" value={command.state} />],
            [command.direction === 'sent' ? 'Sent to' : 'Received from', nameOf(command.partner_id)],
            ['Answer', command.response],
            ['Result', command.result],
            [
              'Message',
              typeof command.message === 'string' ? command.message : textAt(command.message, 0, 'text'),
            ],
            ['Asked', localTime(command.created_at)],
            ['Deadline', localTime(command.deadline ?? '')],
            ['Finished', localTime(command.finished_at ?? '')],
            ['Took', durationOf(command.created_at, command.finished_at ?? '')],
            ['Session', command.session_id],
            ['Correlation id', command.correlation_id],
          ]}
        />
      </Paper>
      <CommandStory id={command.id} />
      <JsonView value={command.request} label="Request" />
    </Stack>
  )
}

const CommandPage = () => {
  const { id = '' } = useParams()
  const command = useQuery({ queryKey: ['commands', 'one', id], queryFn: () => getCommand(id) })
  const missing = command.error instanceof ApiFailure && command.error.status === 404
  return (
    <>
      <Breadcrumb list="Commands" href="/commands" here={id} />
      {command.isPending && <Loading />}
      {missing && <NothingHere what="command" />}
      {command.isError && !missing && <Failure error={command.error} retry={() => command.refetch()} />}
      {command.data !== undefined && <Found command={command.data} />}
    </>
  )
}

/** Commands and the page of each. */
const CommandRoutes = () => (
  <Switch>
    <Route path="/commands" component={Commands} />
    <Route path="/commands/:id" component={CommandPage} />
    <Route>
      <NothingHere what="page" />
    </Route>
  </Switch>
)
export default CommandRoutes
