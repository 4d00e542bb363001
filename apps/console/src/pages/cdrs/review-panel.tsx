import { Button, Group, List, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listAccounts } from '../../api/accounts.js'
import { listKeys } from '../../api/node.js'
import { type CdrCheck, type Review, type ReviewState, reviewCdr } from '../../api/prices.js'
import type { Doc } from '../../api/reading.js'
import { Failure } from '../../parts/states.js'
import { Age, Mark } from '../../parts/values.js'
import { useMay } from '../../sign-in/sign-in-state.js'
import { checkKeyOf, reviewTones } from './check-words.js'

const DECISIONS: readonly (readonly [state: ReviewState, label: string])[] = [
  ['accepted', 'Accept'],
  ['held', 'Hold'],
  ['disputed', 'Dispute'],
  ['open', 'Reopen'],
]

/** Most characters of a note. */
const NOTE_MAX = 1_000

/** Who decided: the name of the key or the person, where they are still there. */
const useDeciders = (): ((by: string) => string) => {
  const { data: keys = [] } = useQuery({ queryKey: ['keys'], queryFn: listKeys })
  const { data: accounts = [] } = useQuery({ queryKey: ['accounts'], queryFn: listAccounts })
  return (by) =>
    by === 'rule'
      ? 'a rule of the partner'
      : ([...accounts, ...keys].find(({ id }) => id === by)?.name ?? `somebody who left (${by})`)
}

const History = ({ history }: { readonly history: readonly Review[] }) => {
  const nameOf = useDeciders()
  if (history.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Nobody has decided yet.
      </Text>
    )
  return (
    <List size="sm" aria-label="Decisions">
      {history.map(({ state, note, by, at }) => (
        <List.Item key={`${at} ${state}`}>
          <Mark tone={reviewTones[state]}>{state}</Mark> by {nameOf(by)}, <Age at={at} />
          {note !== null && `: ${note}`}
        </List.Item>
      ))}
    </List>
  )
}

const Decide = ({ cdr, state }: { readonly cdr: Doc; readonly state: ReviewState }) => {
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const decide = useMutation({
    mutationFn: (next: ReviewState) => reviewCdr(cdr, next, note.trim()),
    onSuccess: (check) => {
      setNote('')
      queries.setQueryData(checkKeyOf(cdr), check)
      return queries.invalidateQueries({ queryKey: ['cdrs', 'list'] })
    },
  })
  return (
    <Stack gap="sm">
      <TextInput
        label="Note"
        description="Why, for colleagues; it stays in the history."
        maxLength={NOTE_MAX}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group gap="xs">
        {DECISIONS.filter(([next]) => next !== state).map(([next, label]) => (
          <Button
            key={next}
            size="xs"
            variant="default"
            loading={decide.isPending && decide.variables === next}
            disabled={decide.isPending}
            onClick={() => decide.mutate(next)}
          >
            {label}
          </Button>
        ))}
      </Group>
      {decide.isError && <Failure error={decide.error} />}
    </Stack>
  )
}

/** What was decided about a CDR, by whom and why; and the next decision, for those who may. */
export const ReviewPanel = ({ cdr, check }: { readonly cdr: Doc; readonly check: CdrCheck }) => {
  const may = useMay('operator')
  return (
    <Paper withBorder p="md" bg="var(--console-panel)" component="section" aria-label="Review">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            Review
          </Title>
          <Mark tone={reviewTones[check.state]}>{check.state}</Mark>
        </Group>
        <History history={check.history} />
        {may && <Decide cdr={cdr} state={check.state} />}
      </Stack>
    </Paper>
  )
}
