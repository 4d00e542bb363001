import { Accordion, Code, NativeSelect, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { at } from '../../api/fields.js'
import { getMessage, type Message, type WholeMessage } from '../../api/messages.js'
import { Failure, Loading } from '../../parts/states.js'
import { jsonOf, WholeParts } from '../conversation/message-parts.js'
import { answerOf, directionOf, OutcomeMark } from '../conversation/message-words.js'
import { Sequence } from '../conversation/sequence.js'
import { FieldTable, PartTable } from './field-table.js'
import { envelopeTexts, headerTexts, operations } from './texts/operations.js'

const bodyOf = (part: { readonly body: string | null } | null): unknown => jsonOf(part?.body ?? '')?.value

const Explained = ({ message }: { readonly message: WholeMessage }) => {
  const text = operations[message.operation]
  const [asked, answered] = [bodyOf(message.request), bodyOf(message.response)]
  const { version } = message
  // NOTE: a result may come in an envelope of its own.
  const request = at(asked, 'data') ?? asked
  return (
    <Stack gap="md">
      {text?.request !== undefined && (
        <FieldTable title="The fields that matter" body={request} text={text.request} version={version} />
      )}
      {text?.answer !== undefined && (
        <FieldTable
          title="The fields of the answer"
          body={at(answered, 'data')}
          text={text.answer}
          version={version}
        />
      )}
      <PartTable title="Headers" values={message.request.headers} texts={headerTexts} />
      <PartTable title="The answer as such" values={answered} texts={envelopeTexts} />
    </Stack>
  )
}

/** The message as it went over the wire, to be opened. */
const Wire = ({ message }: { readonly message: WholeMessage }) => (
  <Accordion variant="contained" chevronPosition="left">
    <Accordion.Item value="wire">
      <Accordion.Control>The whole message, without its secrets</Accordion.Control>
      <Accordion.Panel>
        <Stack gap="md">
          <WholeParts message={message} />
          <Text size="sm">
            <Link href={`/conversation/${message.id}`}>Its page in the conversation</Link>
          </Text>
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  </Accordion>
)

const Whole = ({ id }: { readonly id: number }) => {
  const message = useQuery({
    queryKey: ['messages', 'one', String(id)],
    queryFn: () => getMessage(String(id)),
  })
  if (message.isPending) return <Loading />
  if (message.isError) return <Failure error={message.error} retry={() => message.refetch()} />
  return (
    <Stack gap="md">
      <div className="lesson-line">
        <Code>{message.data.method}</Code>
        <code className="message-path">{message.data.path}</code>
      </div>
      <Text size="sm" c="dimmed" component="div">
        {directionOf(message.data)}
        {message.data.version === null ? '' : `, in OCPI ${message.data.version}`}; answered{' '}
        {answerOf(message.data)} <OutcomeMark outcome={message.data.outcome} />
      </Text>
      <Explained message={message.data} />
      <Wire message={message.data} />
    </Stack>
  )
}

/** What was said in a step: who asked whom, then one message with what it means. With `last` the newest is shown first. */
export const LessonMessages = ({
  messages,
  last,
}: {
  readonly messages: readonly Message[]
  readonly last: boolean
}) => {
  const [chosen, setChosen] = useState<number>()
  const message = messages.find(({ id }) => id === chosen) ?? messages.at(last ? -1 : 0)
  if (message === undefined) return null
  const text = operations[message.operation]
  return (
    <Stack gap="md">
      <Sequence messages={messages.slice(-12)} label="Messages of this step" current={message.id} />
      {messages.length > 1 && (
        <NativeSelect
          label="Message to look at"
          maw={420}
          value={message.id}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
          data={messages.map(({ id, method, operation }, index) => ({
            value: String(id),
            label: `${index + 1} of ${messages.length}: ${method} ${operation}`,
          }))}
        />
      )}
      {text !== undefined && <Text>{message.direction === 'in' ? text.in : text.out}</Text>}
      <Whole id={message.id} />
    </Stack>
  )
}
