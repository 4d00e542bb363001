import { Alert, Button, Modal, PasswordInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { changePassword } from '../api/accounts.js'
import { Failure } from '../parts/states.js'

const TOGGLE = { 'aria-label': 'Show or hide what is typed' }

/** Changes the password of the person at the console. */
export const ChangePassword = ({
  opened,
  onClose,
}: {
  readonly opened: boolean
  readonly onClose: () => void
}) => {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useMutation({
    mutationFn: () => changePassword(current, password),
    onSuccess: () => {
      setCurrent('')
      setPassword('')
    },
  })
  const close = (): void => {
    change.reset()
    onClose()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (current !== '' && password !== '') change.mutate()
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Change password"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <PasswordInput
            label="Present password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            autoComplete="current-password"
            visibilityToggleButtonProps={TOGGLE}
          />
          <PasswordInput
            label="New password"
            description="At least 12 characters, without your login or name."
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="new-password"
            visibilityToggleButtonProps={TOGGLE}
          />
          {change.isError && <Failure error={change.error} />}
          {change.isSuccess && (
            <Alert color="green" title="The password is changed" role="status">
              Wherever else you were signed in, you are signed out.
            </Alert>
          )}
          <Button type="submit" loading={change.isPending}>
            Change it
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
