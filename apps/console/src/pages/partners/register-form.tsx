import { Alert, Button, Loader, NativeSelect, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import { listPartners, type Partner, registerPartner } from '../../api/partners.js'
import { ApiFailure } from '../../api/request.js'
import { newId } from '../../parts/new-id.js'
import { Failure } from '../../parts/states.js'
import { EndFields, endsOf } from './ends.js'
import { type HandshakeEnd, handshakeOf } from './handshake.js'
import { newestMessage, useHandshakeMessages } from './handshake-messages.js'
import { HandshakeView, RemedyNote } from './handshake-view.js'
import { partiesOf } from './health.js'

/** An attempt to register: the id under which its messages are recorded, and those before it. */
interface Attempt {
  readonly id: string
  readonly after: number
}

const endOf = ({
  error,
  isSuccess,
}: {
  readonly error: unknown
  readonly isSuccess: boolean
}): HandshakeEnd => {
  if (isSuccess) return { kind: 'done' }
  if (!(error instanceof ApiFailure)) return { kind: 'running' }
  return { kind: 'failed', step: error.step, failure: error.reason.failure }
}

const Reason = ({ error }: { readonly error: unknown }) => (
  <Stack gap="sm">
    <Failure error={error} />
    {error instanceof ApiFailure && error.reason.remedy !== '' && <RemedyNote {...error.reason} />}
  </Stack>
)

/** The handshake of an attempt as it happens; a failure stands at its step. */
const Following = ({
  attempt,
  end,
  error,
}: {
  readonly attempt: Attempt
  readonly end: HandshakeEnd
  readonly error: unknown
}) => {
  const messages = useHandshakeMessages(attempt.id, attempt.after, end.kind !== 'running')
  return (
    <HandshakeView views={handshakeOf(messages, 'register', end)} way="register">
      <Reason error={error} />
    </HandshakeView>
  )
}

const Registered = ({ partner }: { readonly partner: Partner }) => (
  <Alert color="green" title={`Registered in OCPI ${partner.version}`} role="status">
    {partiesOf(partner)}. <Link href={`/partners/${encodeURIComponent(partner.id)}`}>To its page</Link>
  </Alert>
)

/** States of a partner in which a new attempt goes on with its record. */
const OPEN = ['UNKNOWN', 'UNREGISTERED']

/** Where the messages of an attempt will be found: an earlier attempt that came to no end keeps its id. */
const newAttempt = async (versionsUrl: string): Promise<Attempt> => {
  const [partners, after] = await Promise.all([listPartners(), newestMessage()])
  const earlier = partners.find(
    ({ status, versions_url }) => versions_url === versionsUrl && OPEN.includes(status),
  )
  return { id: earlier?.id ?? newId(), after }
}

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
  const [attempt, setAttempt] = useState<Attempt>()
  const register = useMutation({
    mutationFn: async () => {
      const next = await newAttempt(fields.url.trim())
      setAttempt(next)
      return registerPartner({
        id: next.id,
        name: fields.name.trim(),
        versions_url: fields.url.trim(),
        token_a: fields.token.trim(),
        ...(fields.version === '' ? {} : { version: fields.version }),
        ...endsOf(ends),
      })
    },
  })
  const end = endOf(register)
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
  const following =
    attempt === undefined || (end.kind === 'failed' && end.step === '') ? null : (
      <Following key={`${attempt.id} ${attempt.after}`} attempt={attempt} end={end} error={register.error} />
    )
  if (register.data !== undefined)
    return (
      <Stack>
        {following}
        <Registered partner={register.data} />
      </Stack>
    )
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
        {following}
        {register.isError && following === null && <Reason error={register.error} />}
        <Button type="submit" loading={register.isPending}>
          Register
        </Button>
      </Stack>
    </form>
  )
}
