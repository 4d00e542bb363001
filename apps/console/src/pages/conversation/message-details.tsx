import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { getMessage, type Message } from '../../api/messages.js'
import { Failure, Loading } from '../../parts/states.js'
import { WholeParts } from './message-parts.js'
import { answerOf, directionOf, OutcomeMark, tookOf } from './message-words.js'

const Opened = ({ id }: { readonly id: number }) => {
  const message = useQuery({
    queryKey: ['messages', 'one', String(id)],
    queryFn: () => getMessage(String(id)),
  })
  if (message.isPending) return <Loading lines={3} />
  if (message.isError) return <Failure error={message.error} retry={() => message.refetch()} />
  return (
    <>
      <WholeParts message={message.data} />
      <Text size="sm" mt="sm">
        <Link href={`/conversation/${id}`}>Its page in the conversation</Link>
      </Text>
    </>
  )
}

/** One message as a line; headers and bodies are fetched when it is opened. */
export const MessageDetails = ({ message }: { readonly message: Message }) => {
  const [opened, setOpened] = useState(false)
  return (
    <details className="message-details" onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <span className="message-path">
          {message.method} {message.path}
        </span>
        <span className="message-note">
          {directionOf(message)}, {answerOf(message)}, {tookOf(message)}{' '}
          <OutcomeMark outcome={message.outcome} />
        </span>
      </summary>
      {opened && (
        <div className="message-inside">
          <Opened id={message.id} />
        </div>
      )}
    </details>
  )
}
