/** Lets many wait for conditions on a state that others change. */
export interface WaitingRoom {
  /** To be called after every change of the state. */
  changed(): void
  /** The first value that `look` finds; undefined after the time or when the signal aborts. */
  until<T>(look: () => T | undefined, timeoutMs: number, signal: AbortSignal): Promise<T | undefined>
}

export const createWaitingRoom = (): WaitingRoom => {
  const waiting = new Set<() => void>()
  return {
    changed: () => {
      for (const check of [...waiting]) check()
    },
    until: (look, timeoutMs, signal) =>
      new Promise((resolve) => {
        const finish = (): void => {
          clearTimeout(timer)
          signal.removeEventListener('abort', finish)
          waiting.delete(check)
          resolve(look())
        }
        const check = (): void => {
          if (look() !== undefined) finish()
        }
        const timer = setTimeout(finish, timeoutMs)
        waiting.add(check)
        if (signal.aborted || look() !== undefined) finish()
        else signal.addEventListener('abort', finish, { once: true })
      }),
  }
}
