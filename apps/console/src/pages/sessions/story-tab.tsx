import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { textAt } from '../../api/fields.js'
import type { Doc } from '../../api/reading.js'
import { getStory, type StoryStep } from '../../api/story.js'
import type { WhyOf } from '../../api/why.js'
import { Failure, Loading } from '../../parts/states.js'
import { WhyPanel } from '../commands/why-panel.js'
import { pageOf } from '../objects/object-link.js'
import { StoryList } from './story-list.js'

/** The tour through a session. */
const learnFrom = (session: Doc): string => `/learn${pageOf('sessions', session)}`

/** What the session came from: the first command or card of its story. */
const startOf = (steps: readonly StoryStep[]): WhyOf | undefined => {
  for (const { kind, command_id, authorization_id } of steps) {
    if (kind === 'command' && command_id !== null) return { kind: 'commands', id: command_id }
    if (authorization_id !== null) return { kind: 'authorizations', id: authorization_id }
  }
  return undefined
}

/** What happened around a session, step by step, and how it stands. */
export const StoryTab = ({ session }: { readonly session: Doc }) => {
  const key = ['country_code', 'party_id', 'id'].map((name) => textAt(session, name))
  const story = useQuery({ queryKey: ['sessions', 'story', ...key], queryFn: () => getStory(session) })
  if (story.isPending) return <Loading />
  if (story.isError) return <Failure error={story.error} retry={() => story.refetch()} />
  const start = startOf(story.data.steps)
  return (
    <Stack gap="md">
      {start !== undefined && <WhyPanel of={start} />}
      {story.data.steps.length > 0 && (
        <Text size="sm">
          New to this? <Link href={learnFrom(session)}>Learn from this session</Link>, message by message.
        </Text>
      )}
      <StoryList story={story.data} label="Story of the session" />
    </Stack>
  )
}
