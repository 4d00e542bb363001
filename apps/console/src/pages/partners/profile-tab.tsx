import { Button, Checkbox, List, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Agreement, getProfile, type Partner, type Profile, putProfile } from '../../api/partners.js'
import { Failure, Loading } from '../../parts/states.js'
import { Age } from '../../parts/values.js'
import { useMay } from '../../sign-in/sign-in-state.js'

const FLAGS = [
  ['accepts', 'missing_last_updated', 'Take a PATCH without last_updated as made when it arrives'],
  ['accepts', 'long_texts', 'Cut free texts that are too long instead of refusing them'],
  ['sends', 'trailing_slash', 'End addresses with a slash'],
  ['sends', 'put_for_patch', 'Send whole objects instead of PATCH'],
] as const

const Habits = ({ profile }: { readonly profile: Profile }) => (
  <Paper withBorder p="md" bg="var(--console-panel)">
    <Title order={2} size="h5" mb="xs">
      What its messages show
    </Title>
    {profile.detected.length === 0 ? (
      <Text size="sm">No habit that deviates from the specification was seen.</Text>
    ) : (
      <List size="sm">
        {profile.detected.map(({ quirk, title, rule, count, last_at }) => (
          <List.Item key={quirk}>
            {title} {rule !== null && `(${rule})`}; {count} times, last <Age at={last_at} />
          </List.Item>
        ))}
      </List>
    )}
  </Paper>
)

const flagOf = (agreed: Agreement, part: 'accepts' | 'sends', name: string): boolean =>
  Object.entries(agreed[part]).some(([key, value]) => key === name && value === true)

const AgreementForm = ({ id, profile }: { readonly id: string; readonly profile: Profile }) => {
  const queries = useQueryClient()
  const may = useMay('operator')
  const [agreed, setAgreed] = useState<Agreement>({ accepts: profile.accepts, sends: profile.sends })
  const save = useMutation({
    mutationFn: () => putProfile(id, agreed),
    onSuccess: (saved) => queries.setQueryData(['partners', 'profile', id], saved),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <Paper withBorder p="md" bg="var(--console-panel)" component="form" onSubmit={submit}>
      <Title order={2} size="h5" mb="xs">
        What is agreed about it
      </Title>
      <Stack gap="sm">
        {FLAGS.map(([part, name, label]) => (
          <Checkbox
            key={name}
            label={label}
            disabled={!may}
            checked={flagOf(agreed, part, name)}
            onChange={(event) => {
              const { checked } = event.currentTarget
              setAgreed((before) => ({ ...before, [part]: { ...before[part], [name]: checked } }))
            }}
          />
        ))}
        <NativeSelect
          label="Its token is written"
          disabled={!may}
          maw={280}
          value={agreed.sends.token_encoding ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget
            setAgreed((before) => ({
              ...before,
              sends: { ...before.sends, token_encoding: value === '' ? null : value },
            }))
          }}
          data={[{ value: '', label: 'As it worked last' }, 'base64', 'plain']}
        />
        {save.isError && <Failure error={save.error} />}
        {save.isSuccess && (
          <Text size="sm" role="status">
            Saved; it counts from the next message on.
          </Text>
        )}
        {may && (
          <Button type="submit" size="sm" loading={save.isPending} w="fit-content">
            Save
          </Button>
        )}
      </Stack>
    </Paper>
  )
}

/** Habits of the partner, and what is agreed about them. */
export const ProfileTab = ({ partner: { id } }: { readonly partner: Partner }) => {
  const query = useQuery({ queryKey: ['partners', 'profile', id], queryFn: () => getProfile(id) })
  if (query.isPending) return <Loading />
  if (query.isError) return <Failure error={query.error} retry={() => query.refetch()} />
  return (
    <Stack>
      <Habits profile={query.data} />
      <AgreementForm id={id} profile={query.data} />
    </Stack>
  )
}
