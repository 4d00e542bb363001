import { Button, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ApiFailure } from '../api/request.js'
import { activate, type Session, signIn } from '../api/session.js'

const reasonOf = (error: unknown, wrong: string): string => {
  if (!(error instanceof ApiFailure)) return 'Something went wrong in this page. Reload it.'
  if (error.status === 401) return wrong === '' ? error.detail : wrong
  if (error.status === 429) return 'Too many failed attempts. Wait a little, then try again.'
  return error.detail
}

/** Sends a form and keeps what came of it. */
const useEntrance = (onEntered: (session: Session) => void) => {
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const enter = (asked: Promise<Session>, wrong: string): void => {
    setBusy(true)
    setError(undefined)
    asked
      .then(onEntered, (failure: unknown) => setError(reasonOf(failure, wrong)))
      .finally(() => setBusy(false))
  }
  return { error, setError, busy, enter }
}

interface WayProps {
  readonly onEntered: (session: Session) => void
}

const TOGGLE = { 'aria-label': 'Show or hide what is typed' }

const ByKey = ({ onEntered }: WayProps) => {
  const [key, setKey] = useState('')
  const { error, setError, busy, enter } = useEntrance(onEntered)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (key.trim() === '') setError('Type or paste an operator key.')
    else
      enter(signIn({ key: key.trim() }), 'The node does not know this key. Check that all of it was copied.')
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <PasswordInput
          label="Operator key"
          description="Printed when the node starts for the first time, or made by an admin."
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          error={error}
          autoComplete="current-password"
          visibilityToggleButtonProps={TOGGLE}
          data-autofocus
          autoFocus
        />
        <Button type="submit" loading={busy}>
          Sign in
        </Button>
        <Text size="xs" c="dimmed">
          The key itself is not kept in this browser.
        </Text>
      </Stack>
    </form>
  )
}

const ByAccount = ({ onEntered }: WayProps) => {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const { error, setError, busy, enter } = useEntrance(onEntered)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (login.trim() === '' || password === '') setError('Type login and password.')
    else enter(signIn({ login: login.trim(), password }), 'Login or password is not right.')
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label="Login"
          type="email"
          value={login}
          maxLength={254}
          onChange={(event) => setLogin(event.currentTarget.value)}
          autoComplete="username"
          data-autofocus
          autoFocus
        />
        <PasswordInput
          label="Password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={error}
          autoComplete="current-password"
          visibilityToggleButtonProps={TOGGLE}
        />
        <Button type="submit" loading={busy}>
          Sign in
        </Button>
        <Text size="xs" c="dimmed">
          Forgotten? An admin makes you a new invitation.
        </Text>
      </Stack>
    </form>
  )
}

const ByInvitation = ({ onEntered }: WayProps) => {
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const { error, setError, busy, enter } = useEntrance(onEntered)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (code.trim() === '') setError('Paste the code of your invitation.')
    else if (password === '') setError('Choose a password.')
    else enter(activate(code.trim(), password), '')
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label="Invitation code"
          description="As an admin handed it to you. It counts once."
          value={code}
          maxLength={100}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
          autoFocus
        />
        <PasswordInput
          label="New password"
          description="At least 12 characters, without your login or name. A sentence is easy to remember."
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={error}
          autoComplete="new-password"
          visibilityToggleButtonProps={TOGGLE}
        />
        <Button type="submit" loading={busy}>
          Set the password and sign in
        </Button>
      </Stack>
    </form>
  )
}

const WAYS = { key: ByKey, account: ByAccount, invitation: ByInvitation } as const
type Way = keyof typeof WAYS
const wayOf = (text: string | null): Way => (text === 'account' || text === 'invitation' ? text : 'key')

/** Where the way that was used last is remembered; it is no secret. */
const REMEMBERED = 'interwatt-sign-in'

const remembered = (): Way => {
  try {
    return wayOf(localStorage.getItem(REMEMBERED))
  } catch {
    return 'key'
  }
}

const remember = (way: Way): void => {
  try {
    localStorage.setItem(REMEMBERED, way === 'invitation' ? 'account' : way)
  } catch {
    // A browser that keeps nothing asks in the same order the next time.
  }
}

/** Asks for an operator key, for login and password, or for the code of an invitation, and signs in. */
export const SignInForm = ({ onEntered }: WayProps) => {
  const [way, setWay] = useState(remembered)
  const Form = WAYS[way]
  const entered = (session: Session): void => {
    remember(way)
    onEntered(session)
  }
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label="How to sign in"
        fullWidth
        value={way}
        onChange={(value) => setWay(wayOf(value))}
        data={[
          { value: 'key', label: 'Key' },
          { value: 'account', label: 'Account' },
          { value: 'invitation', label: 'Invitation' },
        ]}
      />
      <Form onEntered={entered} />
    </Stack>
  )
}
