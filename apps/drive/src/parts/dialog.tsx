import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { textsOf } from '../texts/say.js'
import { Button } from './button.js'
import { Icon } from './icons.js'
import { Failure } from './states.js'

const say = textsOf('frame')

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** Whether a press was beside a dialog: the browser counts its veil as the dialog itself. */
const isBeside = (dialog: HTMLDialogElement | null, { clientX, clientY, target }: MouseEvent): boolean => {
  if (dialog === null || target !== dialog) return false
  const { left, right, top, bottom } = dialog.getBoundingClientRect()
  return clientX < left || clientX > right || clientY < top || clientY > bottom
}

/** A dialog over the page, open as long as it is drawn. Escape, the cross and a press beside it close it. */
export const Dialog = ({ title, onClose, children }: DialogProps) => {
  const element = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = element.current
    const before = document.activeElement
    dialog?.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => isBeside(element.current, event) && onClose()}
    >
      <div class="dialog-head">
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" class="icon-button" aria-label={say('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {children}
    </dialog>
  )
}

interface ConfirmProps extends DialogProps {
  /** What the button that does it says. */
  readonly does: string
  readonly danger?: boolean
  /** True keeps the button from being pressed, until something was typed or chosen. */
  readonly blocked?: boolean
  readonly run: () => Promise<unknown>
  /** After it was done; the dialog is closed then. */
  readonly onDone?: () => void
}

/** Asks before something is done, does it, and says when it could not be. */
export const Confirm = (props: ConfirmProps) => {
  const { title, onClose, children, does, danger = false, blocked = false, run, onDone } = props
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const submit = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      await run()
      onClose()
      onDone?.()
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          submit().catch(() => undefined)
        }}
      >
        <div class="stack tight">{children}</div>
        {error !== undefined && <Failure error={error} />}
        <div class="buttons">
          <Button kind="plain" onClick={onClose}>
            {say('cancel')}
          </Button>
          <Button type="submit" busy={busy} disabled={blocked} danger={danger}>
            {does}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
