import { Alert, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { textAt } from '../../api/fields.js'
import type { Doc } from '../../api/reading.js'
import { getStatusHistory, type StatusBar, type StatusHistory, type StatusSpan } from '../../api/statuses.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { useDays } from '../../parts/days.js'
import { ExportMenu } from '../../parts/export-menu.js'
import { Empty, Failure, Loading } from '../../parts/states.js'
import { clockTime, localTime } from '../../parts/times.js'
import { Status } from '../../parts/values.js'
import { lengthOf, percent } from '../partners/measures.js'
import { groupOf, sharesOf, UNTOLD } from './status-words.js'
import './history.css'

const secondsOf = ({ from, to }: StatusSpan): number => Math.round((Date.parse(to) - Date.parse(from)) / 1000)

/** What a status is called: of the time before anything was known, that. */
const wordOf = (status: string): string => (status === UNTOLD ? 'not known' : status)

const columns: readonly Column<StatusSpan>[] = [
  {
    id: 'status',
    title: 'Status',
    value: ({ status }) => wordOf(status),
    cell: ({ status }) => <Status value={wordOf(status)} />,
  },
  { id: 'from', title: 'From', value: ({ from }) => from, cell: ({ from }) => localTime(from) },
  { id: 'to', title: 'Until', value: ({ to }) => to, cell: ({ to }) => localTime(to) },
  { id: 'for', title: 'For', numeric: true, value: secondsOf, cell: (span) => lengthOf(secondsOf(span)) },
  {
    id: 'said',
    title: 'Said to be since',
    value: ({ said_at }) => said_at ?? '',
    cell: ({ said_at }) => (said_at === null ? '' : localTime(said_at)),
  },
]

const WIDTH = 1_000

/** The time that is drawn: from when on anything is known, to now. */
interface Range {
  readonly from: string
  readonly to: string
}

const knownRange = ({ from, to, evses }: StatusHistory): Range => {
  const begins = evses.flatMap(({ spans }) => spans.find(({ status }) => status !== UNTOLD)?.from ?? [])
  const first = begins.sort()[0]
  return { from: first === undefined || first < from ? from : first, to }
}

const Bar = ({ bar, range }: { readonly bar: StatusBar; readonly range: Range }) => {
  const [start, end] = [Date.parse(range.from), Date.parse(range.to)]
  const at = (iso: string): number =>
    (Math.max(Date.parse(iso) - start, 0) / Math.max(end - start, 1)) * WIDTH
  const shares = sharesOf(bar)
  const words = shares.map(({ word, share }) => `${percent(share)} ${word}`).join(', ')
  return (
    <svg
      className="status-bar"
      viewBox={`0 0 ${WIDTH} 20`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${bar.uid}: ${words}`}
    >
      {bar.spans
        .filter(({ to }) => to > range.from)
        .map((span) => (
          <rect
            key={span.from}
            className={`status-${groupOf(span.status).id}`}
            x={at(span.from)}
            width={Math.max(at(span.to) - at(span.from), 1)}
            y="0"
            height="20"
          >
            <title>{`${wordOf(span.status)}, ${localTime(span.from)} to ${localTime(span.to)}`}</title>
          </rect>
        ))}
    </svg>
  )
}

const Evse = ({ bar, range }: { readonly bar: StatusBar; readonly range: Range }) => {
  const middle = new Date((Date.parse(range.from) + Date.parse(range.to)) / 2).toISOString()
  return (
    <Paper withBorder p="md" bg="var(--console-panel)">
      <Group justify="space-between" mb={6} gap="xs">
        <Title order={2} size="h5" className="page-title">
          {bar.evse_id ?? bar.uid}
        </Title>
        <div className="status-shares">
          {sharesOf(bar).map(({ id, word, share, seconds }) => (
            <span key={id} title={`${seconds.toLocaleString()} s`}>
              <span className={`status-sign status-${id}`} /> {percent(share)} {word}
            </span>
          ))}
        </div>
      </Group>
      <Bar bar={bar} range={range} />
      <div className="status-axis" aria-hidden="true">
        <span>{clockTime(range.from)}</span>
        <span>{clockTime(middle)}</span>
        <span>now</span>
      </div>
      <details className="status-table">
        <summary>As a table: {bar.spans.length} stretches of time</summary>
        <DataTable
          label={`Statuses of ${bar.uid}`}
          columns={columns}
          rows={bar.spans.toReversed()}
          rowId={({ from }) => from}
        />
      </details>
    </Paper>
  )
}

/** The statuses of each EVSE over the last day or week, as bars and as tables. */
export const HistoryTab = ({ location }: { readonly location: Doc }) => {
  const [days, daysField] = useDays('history', '1')
  const history = useQuery({
    queryKey: [
      'statuses',
      textAt(location, 'country_code'),
      textAt(location, 'party_id'),
      textAt(location, 'id'),
      days,
    ],
    queryFn: () => getStatusHistory(location, Number(days)),
    refetchInterval: 60_000,
  })
  const { data } = history
  return (
    <Stack>
      <Group justify="space-between" align="flex-end">
        {daysField}
        {data !== undefined && (
          <ExportMenu
            name={`statuses ${textAt(location, 'id')}`}
            columns={[{ title: 'EVSE', value: (row: ExportedSpan) => row.uid }, ...columns]}
            fetchRows={async () => exported(data)}
            document={(row) => row}
          />
        )}
      </Group>
      {history.isPending && <Loading />}
      {history.isError && <Failure error={history.error} retry={() => history.refetch()} />}
      {data !== undefined && data.evses.length === 0 && <Empty title="This location has no EVSE" />}
      {data !== undefined && !data.complete && (
        <Alert color="yellow" title="Not everything is shown" role="note">
          There were more changes than one page holds; the oldest are left out.
        </Alert>
      )}
      {data?.evses.map((bar) => (
        <Evse key={bar.uid} bar={bar} range={knownRange(data)} />
      ))}
      {data !== undefined && (
        <Text size="xs" c="dimmed">
          As it was known here: each stretch begins when the change arrived.
          {knownRange(data).from > data.from &&
            ` Nothing is known from before ${localTime(knownRange(data).from)}.`}{' '}
          Kept for {data.kept_days} days; shares are of the time that is known.
        </Text>
      )}
    </Stack>
  )
}

type ExportedSpan = StatusSpan & { readonly uid: string }

const exported = ({ evses }: StatusHistory): readonly ExportedSpan[] =>
  evses.flatMap(({ uid, spans }) => spans.map((span) => ({ ...span, uid })))
