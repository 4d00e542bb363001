import { Alert, Button, Group, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { getMessages, type Message } from '../../api/messages.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { ExportMenu } from '../../parts/export-menu.js'
import { type Filter, FilterBar, useFilters } from '../../parts/filters.js'
import { GapNotice } from '../../parts/gap-notice.js'
import { ShowMore } from '../../parts/show-more.js'
import { Empty, Failure, Loading, PageHead } from '../../parts/states.js'
import { Age } from '../../parts/values.js'
import { partnersQuery } from '../objects/queries.js'
import { KEPT, useLiveMessages } from './live-messages.js'
import { AboutLink, answerOf, directionOf, OutcomeMark, objectOf, tookOf } from './message-words.js'

const MODULES = [
  'versions',
  'credentials',
  'locations',
  'tariffs',
  'tokens',
  'sessions',
  'cdrs',
  'commands',
  'chargingprofiles',
  'hubclientinfo',
  'bookings',
  'payments',
  'invoicereconciliation',
]

const KINDS = ['location', 'evse', 'connector', 'tariff', 'token', 'session', 'cdr']

const useMessageFilters = (): readonly Filter[] => {
  const { data = [] } = useQuery(partnersQuery)
  return [
    {
      name: 'partner',
      label: 'Partner',
      all: 'Anybody',
      options: [
        ...data.map(({ id, name }) => ({ value: id, label: name })),
        { value: 'none', label: 'Nobody known' },
      ],
    },
    {
      name: 'direction',
      label: 'Direction',
      all: 'Both',
      options: [
        { value: 'in', label: 'Partners ask' },
        { value: 'out', label: 'This node asks' },
      ],
    },
    { name: 'module', label: 'Module', options: MODULES },
    { name: 'outcome', label: 'Outcome', options: ['ok', 'refused', 'failed', 'timeout'] },
    { name: 'status', label: 'Status', placeholder: '404 or 2001' },
    { name: 'correlation_id', label: 'Correlation', placeholder: 'id' },
    { name: 'kind', label: 'About', options: KINDS, all: 'Anything' },
    { name: 'object_id', label: 'Object', placeholder: 'id' },
    { name: 'from', label: 'From', isTime: true },
    { name: 'to', label: 'Before', isTime: true },
    { name: 'text', label: 'In the path', placeholder: 'text' },
  ]
}

const columns: readonly Column<Message>[] = [
  { id: 'at', title: 'When', value: ({ at }) => at, cell: ({ at }) => <Age at={at} /> },
  { id: 'who', title: 'Who asked whom', value: directionOf },
  {
    id: 'request',
    title: 'Request',
    value: ({ method, path }) => `${method} ${path}`,
    cell: ({ id, method, path }) => (
      <Link href={`/conversation/${id}`} className="message-path">
        {method} {path}
      </Link>
    ),
  },
  {
    id: 'about',
    title: 'About',
    value: ({ object }) => objectOf(object),
    cell: ({ object }) => <AboutLink object={object} />,
  },
  {
    id: 'outcome',
    title: 'Outcome',
    value: ({ outcome }) => outcome,
    cell: ({ outcome }) => <OutcomeMark outcome={outcome} />,
  },
  { id: 'answer', title: 'Answer', value: answerOf },
  { id: 'took', title: 'Took', numeric: true, value: tookOf },
  {
    id: 'findings',
    title: 'Findings',
    numeric: true,
    value: ({ findings }) => findings.length || '',
  },
]

const PAGE_ROWS = 50
/** Most messages of an export. */
const EXPORT_ROWS = 1_000

/** The messages that match, newest first; new ones appear by themselves unless they are held or an end is set. */
const useConversation = (values: Readonly<Record<string, string>>, held: boolean) => {
  const list = useInfiniteQuery({
    queryKey: ['messages', 'list', values],
    queryFn: ({ pageParam, signal }) =>
      getMessages({ ...values, limit: PAGE_ROWS, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  })
  const listed = list.data?.pages.flatMap((page) => page.items) ?? []
  const { from = '', to, ...filters } = values
  const follows = list.isSuccess && !list.isPlaceholderData && !held && to === undefined
  const live = useLiveMessages(filters, follows ? (listed[0]?.id ?? 0) : undefined)
  const { refetch } = list
  const isFull = live.length >= KEPT
  useEffect(() => {
    if (isFull) refetch().catch(() => undefined)
  }, [isFull, refetch])
  const known = new Set(listed.map(({ id }) => id))
  const added = live.filter(({ id, at }) => !known.has(id) && at >= from)
  return { list, rows: [...added, ...listed] }
}

const Nothing = ({ isFiltered, clear }: { readonly isFiltered: boolean; readonly clear: () => void }) => (
  <Empty title={isFiltered ? 'No message matches' : 'No message yet'}>
    {isFiltered ? (
      <Button size="xs" variant="default" onClick={clear} mt="xs">
        Clear the filters
      </Button>
    ) : (
      'OCPI requests appear here as they are made, in both directions.'
    )}
  </Empty>
)

/** OCPI requests with their answers, newest first, as they happen. */
export const MessageList = () => {
  const filters = useMessageFilters()
  const { values, clear } = useFilters(filters)
  const [held, setHeld] = useState(false)
  const { list, rows } = useConversation(values, held)
  const recording = list.data?.pages[0]?.recording
  const gaps = useMemo(() => list.data?.pages.flatMap((page) => page.recording.gaps) ?? [], [list.data])
  return (
    <>
      <PageHead
        title="Conversation"
        below="OCPI requests with their answers, kept for some days without secrets"
      >
        <Button variant="default" size="sm" onClick={() => setHeld(!held)}>
          {held ? 'Go on' : 'Hold'}
        </Button>
        <ExportMenu
          name="messages"
          columns={columns}
          fetchRows={async () => (await getMessages({ ...values, limit: EXPORT_ROWS })).items}
          document={(row) => row}
        />
      </PageHead>
      <FilterBar filters={filters} />
      {recording?.enabled === false && (
        <Alert color="orange" title="Nothing is recorded now" role="note" mb="md">
          The setting RECORD_MESSAGES is off; only what was recorded before is here.
        </Alert>
      )}
      <GapNotice gaps={[...new Map(gaps.map((gap) => [`${gap.from} ${gap.reason}`, gap])).values()]} />
      {list.isPending && <Loading />}
      {list.isError && <Failure error={list.error} retry={() => list.refetch()} />}
      {list.data !== undefined && rows.length === 0 && (
        <Nothing isFiltered={Object.keys(values).length > 0} clear={clear} />
      )}
      {rows.length > 0 && (
        <>
          <DataTable label="Messages" columns={columns} rows={rows} rowId={({ id }) => String(id)} />
          <Group justify="space-between" mt="sm">
            <Text size="sm" c="dimmed">
              {rows.length.toLocaleString()} shown; headings sort what is shown. An export has the newest{' '}
              {EXPORT_ROWS.toLocaleString('en')}.
            </Text>
            <ShowMore list={list} />
          </Group>
        </>
      )}
    </>
  )
}
