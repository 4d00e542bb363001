import { Alert, Group, Paper, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { textAt } from '../../api/fields.js'
import type { Doc } from '../../api/reading.js'
import { getStory, type StoryStep } from '../../api/story.js'
import { GapNotice } from '../../parts/gap-notice.js'
import { Empty, Failure, Loading } from '../../parts/states.js'
import { localTime } from '../../parts/times.js'
import { Mark, type Tone } from '../../parts/values.js'
import { pageOf } from '../objects/object-link.js'

/** The tour through a session. */
const learnFrom = (session: Doc): string => `/learn${pageOf('sessions', session)}`

const KINDS: Readonly<Record<string, string>> = {
  authorization: 'Card',
  command: 'Command',
  command_result: 'Result',
  session: 'Session',
  charging_profile: 'Charging profile',
  cdr: 'CDR',
  message: 'Message',
}
const OUTCOMES: Readonly<Record<string, Tone>> = {
  ok: 'good',
  refused: 'warn',
  failed: 'bad',
  timeout: 'bad',
}

/** Where to read on: the messages of a step, its command, its CDR. */
const Further = ({ step }: { readonly step: StoryStep }) => {
  const cdrs = step.objects.filter(({ kind }) => kind === 'cdr')
  return (
    <Group gap="sm">
      {step.messages.map((id, index) => (
        <Link key={id} href={`/conversation/${id}`}>
          {step.messages.length === 1 ? 'Message' : `Message ${index + 1}`}
        </Link>
      ))}
      {step.command_id !== null && (
        <Link href={`/commands/${encodeURIComponent(step.command_id)}`}>Command</Link>
      )}
      {cdrs.map(({ country_code, party_id, id }) => (
        <Link key={id} href={pageOf('cdrs', { country_code, party_id, id })}>
          CDR {id}
        </Link>
      ))}
    </Group>
  )
}

const Step = ({ step }: { readonly step: StoryStep }) => (
  <li>
    <div className="story-head">
      <time dateTime={step.at}>{localTime(step.at)}</time>
      <Mark tone={OUTCOMES[step.outcome] ?? 'quiet'}>
        {KINDS[step.kind] ?? step.kind}
        {step.outcome === 'ok' ? '' : `, ${step.outcome}`}
      </Mark>
    </div>
    <Text size="sm">{step.text}</Text>
    <Text size="sm" component="div">
      <Further step={step} />
    </Text>
  </li>
)

/** What happened around a session, step by step. */
export const StoryTab = ({ session }: { readonly session: Doc }) => {
  const key = ['country_code', 'party_id', 'id'].map((name) => textAt(session, name))
  const story = useQuery({ queryKey: ['sessions', 'story', ...key], queryFn: () => getStory(session) })
  if (story.isPending) return <Loading />
  if (story.isError) return <Failure error={story.error} retry={() => story.refetch()} />
  const { steps, complete, gaps } = story.data
  return (
    <Stack gap="md">
      <GapNotice gaps={gaps} />
      {!complete && (
        <Alert color="yellow" title="Not everything is told" role="note">
          More than 300 messages belong to this session; the first are told here.
        </Alert>
      )}
      {steps.length === 0 ? (
        <Empty title="Nothing is recorded of this session">
          Messages are kept for some days only; older sessions have no story any more.
        </Empty>
      ) : (
        <Paper withBorder p="md" bg="var(--console-panel)">
          <Text size="sm" mb="md">
            New to this? <Link href={learnFrom(session)}>Learn from this session</Link>, message by message.
          </Text>
          <ol className="story" aria-label="Story of the session">
            {steps.map((step) => (
              <Step key={`${step.at} ${step.kind} ${step.text}`} step={step} />
            ))}
          </ol>
        </Paper>
      )}
    </Stack>
  )
}
