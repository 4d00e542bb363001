import { effect, signal } from '@preact/signals'
import { readAgain } from '../api/answers.js'
import { recoveries, retryEvents } from '../api/events.js'
import { toast } from '../parts/toasts.js'
import { checkSignIn } from '../sign-in/sign-in-state.js'
import { textsOf } from '../texts/say.js'

const say = textsOf('frame')

/** Whether the device says that it is connected. */
export const online = signal(true)

/** After a connection was back, everything on the screen is read again, and who is signed in is asked. */
const recovered = (): void => {
  toast(say('back_online'))
  readAgain('/')
  checkSignIn().catch(() => undefined)
}

/** Follows the connection of the device and of the events. */
export const watchConnection = (): void => {
  online.value = navigator.onLine
  window.addEventListener('offline', () => {
    online.value = false
  })
  window.addEventListener('online', () => {
    online.value = true
    retryEvents()
    recovered()
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') retryEvents()
  })
  let seen = recoveries.peek()
  effect(() => {
    if (recoveries.value === seen) return
    seen = recoveries.value
    recovered()
  })
}
