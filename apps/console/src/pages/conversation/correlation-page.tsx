import { Paper, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { getCorrelation, type Message } from '../../api/messages.js'
import { ApiFailure } from '../../api/request.js'
import { usePathSegments } from '../../parts/path-segments.js'
import { Failure, Loading, NothingHere, PageHead } from '../../parts/states.js'
import { localTime } from '../../parts/times.js'
import { Breadcrumb } from './breadcrumb.js'
import { answerOf, OutcomeMark, objectOf, partnerOf, tookOf } from './message-words.js'

const HERE = 'this node'

/** Who takes part, this node first: the columns of the diagram. */
const lanesOf = (messages: readonly Message[]): readonly string[] => [
  HERE,
  ...new Set(messages.map(partnerOf)),
]

interface Arrow {
  readonly from: number
  readonly to: number
}

const arrowOf = (message: Message, lanes: readonly string[]): Arrow => {
  const partner = lanes.indexOf(partnerOf(message))
  return message.direction === 'in' ? { from: partner, to: 0 } : { from: 0, to: partner }
}

const LANE = 100
const ROW = 56

/** One request and its answer, between the lines of those who take part. */
const Arrows = ({
  arrow,
  lanes,
  outcome,
}: {
  readonly arrow: Arrow
  readonly lanes: number
  readonly outcome: string
}) => {
  const x = (lane: number): number => lane * LANE + LANE / 2
  const [from, to] = [x(arrow.from), x(arrow.to)]
  const tip = to > from ? -7 : 7
  const back = -tip
  return (
    <svg
      aria-hidden="true"
      className="sequence-arrows"
      data-outcome={outcome}
      width={lanes * LANE}
      height={ROW}
      viewBox={`0 0 ${lanes * LANE} ${ROW}`}
    >
      {Array.from({ length: lanes }, (_, lane) => (
        <line key={String(lane)} className="sequence-lane" x1={x(lane)} x2={x(lane)} y1={0} y2={ROW} />
      ))}
      <path d={`M${from} 20H${to}M${to + tip} 15L${to} 20L${to + tip} 25`} />
      {outcome === 'timeout' || outcome === 'failed' ? (
        <path d={`M${(from + to) / 2 - 5} 33l10 10m0-10l-10 10`} />
      ) : (
        <path strokeDasharray="5 4" d={`M${to} 38H${from}M${from + back} 33L${from} 38L${from + back} 43`} />
      )}
    </svg>
  )
}

const Row = ({ message, lanes }: { readonly message: Message; readonly lanes: readonly string[] }) => {
  const arrow = arrowOf(message, lanes)
  return (
    <li className="sequence-row">
      <Arrows arrow={arrow} lanes={lanes.length} outcome={message.outcome} />
      <div className="sequence-words">
        <Text size="sm" component="div">
          <span className="sequence-who">
            {lanes[arrow.from]} → {lanes[arrow.to]}:{' '}
          </span>
          <Link href={`/conversation/${message.id}`}>
            {message.method} {message.operation}
          </Link>{' '}
          {objectOf(message.object)}
        </Text>
        <Text size="xs" c="dimmed" component="div">
          {localTime(message.at)}, {tookOf(message)}, {answerOf(message)}{' '}
          <OutcomeMark outcome={message.outcome} />
        </Text>
      </div>
    </li>
  )
}

const Sequence = ({ messages }: { readonly messages: readonly Message[] }) => {
  const lanes = lanesOf(messages)
  return (
    <Paper withBorder p="md" bg="var(--console-panel)" className="sequence">
      <div className="sequence-names" aria-hidden="true">
        {lanes.map((lane) => (
          <span key={lane}>{lane}</span>
        ))}
      </div>
      <ol aria-label="Messages of the correlation">
        {messages.map((message) => (
          <Row key={message.id} message={message} lanes={lanes} />
        ))}
      </ol>
    </Paper>
  )
}

/** All messages of a correlation as a diagram of who asked whom, in the order they began. */
export const CorrelationPage = () => {
  const [, , id = ''] = usePathSegments()
  const query = useQuery({ queryKey: ['messages', 'together', id], queryFn: () => getCorrelation(id) })
  const missing = query.error instanceof ApiFailure && query.error.status === 404
  return (
    <>
      <Breadcrumb here={id} />
      {query.isPending && <Loading />}
      {missing && <NothingHere what="correlation" />}
      {query.isError && !missing && <Failure error={query.error} retry={() => query.refetch()} />}
      {query.data !== undefined && (
        <Stack gap={0}>
          <PageHead
            title="What belongs together"
            below={`${query.data.length} requests with one correlation id, in the order they began`}
          />
          <Sequence messages={query.data} />
        </Stack>
      )}
    </>
  )
}
