import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ApiFailure } from '../api/request.js'
import { type Session, signIn } from '../api/session.js'

const reasonOf = (error: unknown): string => {
  if (!(error instanceof ApiFailure)) return 'Something went wrong in this page. Reload it.'
  if (error.status === 401) return 'The node does not know this key. Check that all of it was copied.'
  if (error.status === 429) return 'Too many wrong keys from this address. Wait a minute, then try again.'
  return error.detail
}

/** Asks for an operator key and signs in with it. */
export const SignInForm = ({ onEntered }: { readonly onEntered: (session: Session) => void }) => {
  const [key, setKey] = useState('')
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (key.trim() === '') {
      setError('Type or paste an operator key.')
      return
    }
    setBusy(true)
    signIn(key.trim())
      .then(onEntered, (failure: unknown) => setError(reasonOf(failure)))
      .finally(() => setBusy(false))
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
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the key' }}
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
