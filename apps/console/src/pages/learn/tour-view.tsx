import { Alert, Button, Group, Loader, Stack, Text, Title } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useSearchParams } from 'wouter'
import { LessonMessages } from './lesson-message.js'
import { PriceLesson } from './price-lesson.js'
import { type StepId, steps as texts } from './texts/steps.js'
import { type TourSources, type TourStep, tourOf } from './tour.js'

const WORDS: Readonly<Record<TourStep['state'], string>> = {
  here: 'has happened',
  awaited: 'still to come',
  absent: 'not in this charge',
}

/** The step in the address, and ways to go on and back. */
const useStep = (steps: readonly TourStep[]) => {
  const [search, setSearch] = useSearchParams()
  const index = Math.max(
    0,
    steps.findIndex(({ id }) => id === search.get('step')),
  )
  const open = (id: StepId): void => {
    setSearch({ step: id })
  }
  const move = (by: number): void => {
    const next = steps[index + by]
    if (next !== undefined) open(next.id)
  }
  return { index, open, move }
}

/** Whether a key belongs to what has the focus, such as a field or a list of choices. */
const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element &&
  target.closest('input, select, textarea, [role="dialog"], [contenteditable]') !== null

/** Goes on and back with the arrow keys. */
const useArrowKeys = (move: (by: number) => void): void => {
  const latest = useRef(move)
  useEffect(() => {
    latest.current = move
  })
  useEffect(() => {
    const turn = (event: KeyboardEvent): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTyping(event)) return
      if (event.key === 'ArrowRight') latest.current(1)
      if (event.key === 'ArrowLeft') latest.current(-1)
    }
    window.addEventListener('keydown', turn)
    return () => window.removeEventListener('keydown', turn)
  }, [])
}

/** Brings the beginning of a step into view when it is turned to. */
const useBeginning = (index: number): void => {
  const before = useRef(index)
  useEffect(() => {
    if (before.current !== index) window.scrollTo(0, 0)
    before.current = index
  }, [index])
}

const StepList = ({
  steps,
  current,
  open,
}: {
  readonly steps: readonly TourStep[]
  readonly current: number
  readonly open: (id: StepId) => void
}) => (
  <ol className="lesson-steps" aria-label="Steps of the charge">
    {steps.map(({ id, state }, index) => (
      <li key={id} data-state={state}>
        <button
          type="button"
          onClick={() => open(id)}
          {...(index === current ? { 'aria-current': 'step' as const } : {})}
        >
          <span className="lesson-number" aria-hidden="true">
            {index + 1}
          </span>
          <span className="lesson-title">
            {texts[id].title}
            <span className="lesson-state">{WORDS[state]}</span>
          </span>
        </button>
      </li>
    ))}
  </ol>
)

const Content = ({ step, sources }: { readonly step: TourStep; readonly sources: TourSources }) => {
  const text = texts[step.id]
  if (step.state === 'awaited')
    return (
      <Alert color="blue" title="Still to come" role="status">
        <Group gap="sm" wrap="nowrap">
          <Loader size="xs" className="lesson-waiting" aria-hidden="true" />
          <Text size="sm">{text.awaited} It appears here by itself.</Text>
        </Group>
      </Alert>
    )
  if (step.state === 'absent')
    return (
      <Alert color="gray" title="Not in this charge" role="note">
        {text.absent}
      </Alert>
    )
  if (step.id === 'price' && sources.cdr !== null && sources.check !== null)
    return <PriceLesson cdr={sources.cdr} check={sources.check} />
  return <LessonMessages key={step.id} messages={step.messages} last={step.id === 'updates'} />
}

const Turn = ({
  index,
  count,
  move,
}: {
  readonly index: number
  readonly count: number
  readonly move: (by: number) => void
}) => (
  <Group justify="space-between" className="lesson-turn">
    <Button variant="default" disabled={index === 0} onClick={() => move(-1)}>
      Previous
    </Button>
    <Text size="sm" c="dimmed">
      {index + 1} of {count}
    </Text>
    <Button disabled={index === count - 1} onClick={() => move(1)}>
      Next
    </Button>
  </Group>
)

/** The tour through one charge, a step at a time. */
export const TourView = ({ sources }: { readonly sources: TourSources }) => {
  const steps = tourOf(sources)
  const { index, open, move } = useStep(steps)
  useArrowKeys(move)
  useBeginning(index)
  const step = steps[index]
  if (step === undefined) return null
  const text = texts[step.id]
  return (
    <div className="lesson">
      <StepList steps={steps} current={index} open={open} />
      <Stack gap="md" component="section" aria-label={text.title} className="lesson-step">
        <Turn index={index} count={steps.length} move={move} />
        <div aria-live="polite">
          <Title order={2} size="h3">
            {index + 1}. {text.title}
          </Title>
          <Text mt={6} maw={720}>
            {text.why}
          </Text>
        </div>
        <Content step={step} sources={sources} />
      </Stack>
    </div>
  )
}
