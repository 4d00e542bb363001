import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Failure } from './states.js'

interface ConfirmProps {
  readonly title: string
  readonly children: ReactNode
  /** What the button that does it says. */
  readonly does: string
  readonly danger?: boolean
  /** What has to be typed first, for what cannot be taken back. */
  readonly typed?: string
  readonly opened: boolean
  readonly onClose: () => void
  readonly run: () => Promise<unknown>
}

/** Asks before something is done, does it, and says when it could not be. */
export const Confirm = (props: ConfirmProps) => {
  const { title, children, does, danger = false, typed, opened, onClose, run } = props
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const close = (): void => {
    setText('')
    setError(undefined)
    onClose()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setBusy(true)
    run()
      .then(close, setError)
      .finally(() => setBusy(false))
  }
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" component="div">
            {children}
          </Text>
          {typed !== undefined && (
            <TextInput
              label={`Type "${typed}" to go on`}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          {error !== undefined && <Failure error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={busy}
              disabled={typed !== undefined && text.trim() !== typed}
              {...(danger ? { color: 'red.9' } : {})}
            >
              {does}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
