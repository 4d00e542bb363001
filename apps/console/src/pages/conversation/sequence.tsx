import { Paper, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { Message } from '../../api/messages.js'
import { localTime } from '../../parts/times.js'
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

const Row = ({
  message,
  lanes,
  isCurrent,
}: {
  readonly message: Message
  readonly lanes: readonly string[]
  readonly isCurrent: boolean
}) => {
  const arrow = arrowOf(message, lanes)
  return (
    <li className="sequence-row" {...(isCurrent ? { 'aria-current': 'step' as const } : {})}>
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

/** Messages as a diagram of who asked whom, in the order given; one of them may be marked. */
export const Sequence = ({
  messages,
  label,
  current,
}: {
  readonly messages: readonly Message[]
  /** What the list is called for those who do not see it. */
  readonly label: string
  /** Id of the message that is looked at. */
  readonly current?: number | undefined
}) => {
  const lanes = lanesOf(messages)
  return (
    <Paper withBorder p="md" bg="var(--console-panel)" className="sequence">
      <div className="sequence-names" aria-hidden="true">
        {lanes.map((lane) => (
          <span key={lane}>{lane}</span>
        ))}
      </div>
      <ol aria-label={label}>
        {messages.map((message) => (
          <Row key={message.id} message={message} lanes={lanes} isCurrent={message.id === current} />
        ))}
      </ol>
    </Paper>
  )
}
