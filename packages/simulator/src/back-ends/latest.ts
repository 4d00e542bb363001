/** Sends states of one object one after the other; a state that waits is replaced by a newer one. */
export interface Latest<T> {
  /** Wants this state to be sent; the first one is sent at once. */
  set(state: T): void
  /** Resolves when nothing waits and nothing is under way. */
  settled(): Promise<void>
}

/**
 * `send` gets the state and the last one that is known to have arrived (undefined when that is unknown), and tells
 * whether it arrived. It must not throw.
 */
export const createLatest = <T>(send: (state: T, arrived: T | undefined) => Promise<boolean>): Latest<T> => {
  let arrived: T | undefined
  let waiting: { readonly state: T } | undefined
  let running: Promise<void> | undefined
  const run = async (): Promise<void> => {
    while (waiting !== undefined) {
      const { state } = waiting
      waiting = undefined
      arrived = (await send(state, arrived)) ? state : undefined
    }
    running = undefined
  }
  return {
    set: (state) => {
      waiting = { state }
      running ??= run()
    },
    settled: () => running ?? Promise.resolve(),
  }
}
