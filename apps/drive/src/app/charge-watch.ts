import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { useEvent } from '../api/events.js'
import { fieldOf, type Json, textOf } from '../api/reading.js'
import { signInState } from '../sign-in/sign-in-state.js'
import { chargeRunning } from './charge-running.js'

const running = signal<ReadonlySet<string>>(new Set())

const takeNews = (told: Json): void => {
  const id = textOf(told, 'id')
  const others = [...running.peek()].filter((known) => known !== id)
  running.value = new Set(fieldOf(told, 'is_over') === true || id === '' ? others : [...others, id])
  chargeRunning.value = running.peek().size > 0
}

/** Follows whether a charge runs, wherever the driver is: the stream begins with those that do. */
export const useChargeWatch = (): void => {
  useEvent('charge', takeNews)
  const { kind } = signInState.value
  useEffect(() => {
    if (kind === 'somebody') return
    running.value = new Set()
    chargeRunning.value = false
  }, [kind])
}
