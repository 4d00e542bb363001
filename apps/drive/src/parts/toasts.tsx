import { signal } from '@preact/signals'
import { Icon, type IconName } from './icons.js'

interface Toast {
  readonly id: number
  readonly text: string
  readonly icon: IconName
}

/** How long a toast is shown, in milliseconds. */
const SHOWN_MS = 5_000

const toasts = signal<readonly Toast[]>([])
let last = 0

/** Says for a moment that something was done. What went wrong belongs beside what it concerns. */
export const toast = (text: string, icon: IconName = 'check'): void => {
  last += 1
  const id = last
  toasts.value = [...toasts.peek().slice(-2), { id, text, icon }]
  setTimeout(() => {
    toasts.value = toasts.peek().filter((shown) => shown.id !== id)
  }, SHOWN_MS)
}

/** Where toasts appear; once, in the frame. */
export const Toasts = () => (
  <div class="toasts" role="status">
    {toasts.value.map(({ id, text, icon }) => (
      <div class="toast" key={id}>
        <Icon name={icon} size={20} />
        <span>{text}</span>
      </div>
    ))}
  </div>
)
