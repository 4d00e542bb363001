import { Alert, Button, Loader, NativeSelect, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { type Partner, registerPartner } from '../../api/partners.js'
import { ApiFailure } from '../../api/request.js'
import { Failure } from '../../parts/states.js'
import { Mark } from '../../parts/values.js'
import { EndFields, endsOf } from './ends.js'
import { progressOf, remedyFor, steps } from './handshake.js'
import { partiesOf } from './health.js'

const MARKS = { done: ['good', 'done'], failed: ['bad', 'failed'], open: ['quiet', 'not reached'] } as const

const Steps = ({ states }: { readonly states: readonly ('done' | 'failed' | 'open')[] }) => (
  <ol className="steps" aria-label="Steps of the registration">
    {steps.map(({ id, title, does }, index) => {
      const [tone, word] = MARKS[states[index] ?? 'open']
      return (
        <li key={id}>
          <Mark tone={tone}>{word}</Mark>
          <span>
            {title}
            <Text size="xs" c="dimmed">
              {does}
            </Text>
          </span>
        </li>
      )
    })}
  </ol>
)

const Failed = ({ error }: { readonly error: unknown }) => {
  const remedy = remedyFor(error)
  const step = error instanceof ApiFailure ? error.step : ''
  return (
    <Stack>
      {step !== '' && <Steps states={progressOf(step)} />}
      <Failure error={error} />
      {remedy !== '' && (
        <Alert color="blue" title="What to do" role="note">
          {remedy}
        </Alert>
      )}
    </Stack>
  )
}

const Registered = ({ partner }: { readonly partner: Partner }) => (
  <Stack>
    <Steps states={steps.map(() => 'done' as const)} />
    <Alert color="green" title={`Registered in OCPI ${partner.version}`} role="status">
      {partiesOf(partner)}. <Link href={`/partners/${encodeURIComponent(partner.id)}`}>To its page</Link>
    </Alert>
  </Stack>
)

const isAddress = (text: string): boolean => /^https?:\/\/\S+$/.test(text) && URL.canParse(text)

const empty = { name: '', url: '', token: '', version: '' }

const mistakesIn = ({ name, url, token }: typeof empty): Partial<typeof empty> => ({
  ...(name.trim() === '' ? { name: 'A partner needs a name.' } : {}),
  ...(isAddress(url.trim()) ? {} : { url: 'An address that begins with https:// is needed.' }),
  ...(token.trim() === '' ? { token: 'The token that the partner handed over is needed.' } : {}),
})

/** Registers with a partner and shows each step of the handshake; a failure keeps what was typed. */
export const RegisterForm = () => {
  const [fields, setFields] = useState(empty)
  const [mistakes, setMistakes] = useState<Partial<typeof empty>>({})
  const [ends, setEnds] = useState({ role: '', party: '' })
  const register = useMutation({
    mutationFn: () =>
      registerPartner({
        name: fields.name.trim(),
        versions_url: fields.url.trim(),
        token_a: fields.token.trim(),
        ...(fields.version === '' ? {} : { version: fields.version }),
        ...endsOf(ends),
      }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const found = mistakesIn(fields)
    setMistakes(found)
    if (Object.keys(found).length === 0) register.mutate()
  }
  const field = (name: keyof typeof empty) => ({
    value: fields[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      const { value } = event.currentTarget
      setFields((before) => ({ ...before, [name]: value }))
    },
    error: mistakes[name],
  })
  if (register.data !== undefined) return <Registered partner={register.data} />
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label="Name"
          description="What you call the partner"
          maxLength={100}
          required
          {...field('name')}
        />
        <TextInput
          label="Versions address"
          description="Of the partner, such as https://ocpi.example.com/versions"
          required
          {...field('url')}
        />
        <PasswordInput
          label="Registration token"
          description="As the partner handed it over"
          autoComplete="off"
          required
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the token' }}
          {...field('token')}
        />
        <NativeSelect
          label="Version"
          data={[{ value: '', label: 'The newest that both speak' }, '2.3.0', '2.2.1', '2.1.1']}
          value={fields.version}
          onChange={field('version').onChange}
        />
        <EndFields value={ends} onChange={setEnds} />
        {register.isPending && (
          <Text size="sm" role="status">
            <Loader size="xs" mr="xs" /> The handshake runs; a slow partner may need half a minute.
          </Text>
        )}
        {register.isError && <Failed error={register.error} />}
        <Button type="submit" loading={register.isPending}>
          Register
        </Button>
      </Stack>
    </form>
  )
}
