import { Paper, Stack, Text, Title } from '@mantine/core'
import type { WholeMessage } from '../../api/messages.js'
import { JsonView } from '../../parts/json-view.js'
import { Facts } from '../../parts/values.js'
import { bytesOf } from './message-words.js'

/** One side of a message: the request or its answer. */
export type Part = Pick<WholeMessage['request'], 'headers' | 'body' | 'bytes' | 'cut'> & {
  readonly hidden?: boolean
}

/** A body as JSON; undefined for what is none, such as one that was cut. */
export const jsonOf = (body: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(body) }
  } catch {
    return undefined
  }
}

const Body = ({ part, name }: { readonly part: Part; readonly name: string }) => {
  if (part.body === null || part.body === '')
    return (
      <Text size="sm" c="dimmed">
        No body.
      </Text>
    )
  const json = jsonOf(part.body)
  return (
    <>
      {part.cut && (
        <Text size="sm">Cut: the beginning of {bytesOf(part.bytes)} is kept; the end is missing.</Text>
      )}
      {part.hidden === true && <Text size="sm">A secret was removed; [hidden] stands in its place.</Text>}
      {json === undefined ? (
        <Paper withBorder bg="var(--console-panel)" component="section" aria-label={`Body of the ${name}`}>
          <pre className="json">{part.body}</pre>
        </Paper>
      ) : (
        <JsonView value={json.value} label={`Body of the ${name}`} />
      )}
    </>
  )
}

const Headers = ({ headers }: { readonly headers: Part['headers'] }) => (
  <Paper withBorder p="md" bg="var(--console-panel)">
    <Facts facts={Object.entries(headers)} />
  </Paper>
)

/** Headers and body of a request or an answer. */
const PartSection = ({ part, name }: { readonly part: Part; readonly name: 'request' | 'answer' }) => (
  <Stack gap="sm" component="section" aria-label={name === 'request' ? 'Request' : 'Answer'}>
    <Title order={2} size="h4">
      {name === 'request' ? 'Request' : 'Answer'}
    </Title>
    <Headers headers={part.headers} />
    <Body part={part} name={name} />
  </Stack>
)

/** Request and answer of a message, or why no answer came. */
export const WholeParts = ({ message }: { readonly message: WholeMessage }) => (
  <Stack>
    <PartSection part={message.request} name="request" />
    {message.response === null ? (
      <Text size="sm">No answer came{message.failure === null ? '' : `: ${message.failure}`}.</Text>
    ) : (
      <PartSection part={message.response} name="answer" />
    )}
  </Stack>
)
