import { Alert, Group, Paper, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { Story, StoryStep } from '../../api/story.js'
import { GapNotice } from '../../parts/gap-notice.js'
import { Empty } from '../../parts/states.js'
import { localTime } from '../../parts/times.js'
import { Mark, type Tone } from '../../parts/values.js'
import { pageOf } from '../objects/object-link.js'

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
    {step.stated_at !== null && (
      <Text size="sm" c="dimmed">
        {step.kind === 'cdr' ? 'It is dated' : 'The station’s clock says'}{' '}
        <time dateTime={step.stated_at}>{localTime(step.stated_at)}</time>.
      </Text>
    )}
    <Text size="sm" component="div">
      <Further step={step} />
    </Text>
  </li>
)

/** A story, step by step, in the order in which the node learned of it. */
export const StoryList = ({ story, label }: { readonly story: Story; readonly label: string }) => {
  const { steps, complete, gaps } = story
  return (
    <Stack gap="md">
      <GapNotice gaps={gaps} />
      {!complete && (
        <Alert color="yellow" title="Not everything is told" role="note">
          More than 300 messages belong here; the first are told.
        </Alert>
      )}
      {steps.length === 0 ? (
        <Empty title="Nothing is recorded">
          Messages are kept for some days only; what is older has no story any more.
        </Empty>
      ) : (
        <Paper withBorder p="md" bg="var(--console-panel)">
          <ol className="story" aria-label={label}>
            {steps.map((step) => (
              <Step key={`${step.at} ${step.kind} ${step.text}`} step={step} />
            ))}
          </ol>
        </Paper>
      )}
    </Stack>
  )
}
