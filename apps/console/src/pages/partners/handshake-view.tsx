import { Alert, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Mark } from '../../parts/values.js'
import { MessageDetails } from '../conversation/message-details.js'
import { type StepView, steps, type Way } from './handshake.js'

const MARKS = {
  done: ['good', 'done'],
  failed: ['bad', 'failed'],
  running: ['busy', 'under way'],
  open: ['quiet', 'not reached'],
} as const

/** What can be done about a failure, with the rule that decides. */
export const RemedyNote = ({ remedy, rule }: { readonly remedy: string; readonly rule: string }) => (
  <Alert color="blue" title="What to do" role="note">
    <Text size="sm">{remedy}</Text>
    {rule !== '' && (
      <Text size="xs" c="dimmed" mt={4}>
        Rule {rule}
      </Text>
    )}
  </Alert>
)

/** The steps of a handshake with every message as it happens; what went wrong stands at its step. */
export const HandshakeView = ({
  views,
  way,
  children,
}: {
  readonly views: readonly StepView[]
  readonly way: Way
  /** What is said at the step that failed. */
  readonly children?: ReactNode
}) => (
  <ol className="steps handshake" aria-label="Steps of the registration" aria-live="polite">
    {steps.map((step, index) => {
      const { state = 'open', messages = [] } = views[index] ?? {}
      const [tone, word] = MARKS[state]
      return (
        <li key={step.id} data-state={state}>
          <Mark tone={tone}>{word}</Mark>
          <Stack gap={6}>
            <div>
              {step.title}
              <Text size="xs" c="dimmed">
                {step[way]}
              </Text>
            </div>
            {messages.map((message) => (
              <MessageDetails key={message.id} message={message} />
            ))}
            {state === 'failed' && children}
          </Stack>
        </li>
      )
    })}
  </ol>
)
