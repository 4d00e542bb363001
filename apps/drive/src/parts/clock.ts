import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** How often ages on the screen are written anew, in milliseconds. */
const TICK_MS = 10_000

const now = signal(Date.now())
let watching = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The time on the device in epoch milliseconds; the component is drawn again as it passes, every ten seconds. */
export const useNow = (): number => {
  useEffect(() => {
    watching += 1
    now.value = Date.now()
    timer ??= setInterval(() => {
      now.value = Date.now()
    }, TICK_MS)
    return () => {
      watching -= 1
      if (watching > 0) return
      clearInterval(timer)
      timer = undefined
    }
  }, [])
  return now.value
}
