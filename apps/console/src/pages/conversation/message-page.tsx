import { Button, Code, CopyButton, Group, Paper, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { getCurl, getMessage, type MessageFinding, type WholeMessage } from '../../api/messages.js'
import { ApiFailure } from '../../api/request.js'
import { type Column, DataTable } from '../../parts/data-table.js'
import { usePathSegments } from '../../parts/path-segments.js'
import { Failure, Loading, NothingHere, PageHead } from '../../parts/states.js'
import { localTime } from '../../parts/times.js'
import { Facts } from '../../parts/values.js'
import { Breadcrumb } from './breadcrumb.js'
import { WholeParts } from './message-parts.js'
import {
  AboutLink,
  answerOf,
  bytesOf,
  correlationPage,
  directionOf,
  OutcomeMark,
  tookOf,
} from './message-words.js'
import { ReplayButton } from './replay-button.js'

const findingColumns: readonly Column<MessageFinding>[] = [
  {
    id: 'pointer',
    title: 'Where',
    value: ({ pointer }) => pointer,
    cell: ({ pointer }) => <Code>{pointer === '' ? '/' : pointer}</Code>,
  },
  { id: 'message', title: 'What', value: ({ message }) => message },
  { id: 'rule', title: 'Rule', value: ({ rule }) => rule ?? '' },
  { id: 'severity', title: 'Weight', value: ({ severity }) => severity },
]

const Findings = ({ findings }: { readonly findings: readonly MessageFinding[] }) => {
  const numbered = new Map(findings.map((one, index) => [one, String(index)]))
  if (findings.length === 0) return null
  return (
    <>
      <Title order={2} size="h4">
        Where it deviates from its version
      </Title>
      <DataTable
        label="Findings"
        columns={findingColumns}
        rows={findings}
        rowId={(finding) => numbered.get(finding) ?? ''}
      />
    </>
  )
}

const Curl = ({ id }: { readonly id: number }) => {
  const curl = useQuery({ queryKey: ['messages', 'curl', id], queryFn: () => getCurl(id) })
  return (
    <CopyButton value={curl.data ?? ''}>
      {({ copied, copy }) => (
        <Button size="xs" variant="default" disabled={curl.data === undefined} onClick={copy}>
          {copied ? 'Copied; set OCPI_TOKEN in the shell' : 'Copy as curl'}
        </Button>
      )}
    </CopyButton>
  )
}

const factsOf = (message: WholeMessage) =>
  [
    ['Outcome', <OutcomeMark key="outcome" outcome={message.outcome} />],
    ['Answer', answerOf(message)],
    ['Why', message.http_status === null ? '' : message.failure],
    ['Who asked whom', directionOf(message)],
    ['When', localTime(message.at)],
    ['Took', tookOf(message)],
    ['To', message.origin],
    ['Path', message.path],
    ['Version', message.version],
    ['Module', message.module],
    ['Operation', message.operation],
    ['About', message.object === null ? '' : <AboutLink key="about" object={message.object} />],
    ['Attempt', message.attempt],
    ['Sizes', `${bytesOf(message.request_bytes)} asked, ${bytesOf(message.response_bytes)} answered`],
    ['Request id', message.request_id],
    [
      'Correlation',
      message.correlation_id === '' ? (
        ''
      ) : (
        <Link key="correlation" href={correlationPage(message.correlation_id)}>
          {message.correlation_id}
        </Link>
      ),
    ],
  ] as const

const Found = ({ message }: { readonly message: WholeMessage }) => (
  <Stack>
    <PageHead title={`${message.method} ${message.operation}`} below={directionOf(message)}>
      <Group gap="xs">
        <Curl id={message.id} />
      </Group>
    </PageHead>
    <Paper withBorder p="md" bg="var(--console-panel)">
      <Facts facts={factsOf(message)} />
    </Paper>
    <Findings findings={message.findings} />
    <WholeParts message={message} />
    <ReplayButton message={message} />
  </Stack>
)

/** One message with headers, bodies and findings. */
export const MessagePage = () => {
  const [, id = ''] = usePathSegments()
  const message = useQuery({ queryKey: ['messages', 'one', id], queryFn: () => getMessage(id) })
  // NOTE: the node answers 400 to what is no id.
  const missing = message.error instanceof ApiFailure && [400, 404].includes(message.error.status)
  return (
    <>
      <Breadcrumb here={id} />
      {message.isPending && <Loading />}
      {missing && <NothingHere what="message" />}
      {message.isError && !missing && <Failure error={message.error} retry={() => message.refetch()} />}
      {message.data !== undefined && <Found key={message.data.id} message={message.data} />}
    </>
  )
}
