/** Things to close, the last opened first. */
export interface Closers {
  add(close: () => Promise<unknown> | unknown): void
  /** Closes everything once, one after the other; a failure does not keep the rest open. */
  close(): Promise<void>
}

/** A list of things to close. */
export const createClosers = (): Closers => {
  const open: (() => Promise<unknown> | unknown)[] = []
  let closing: Promise<void> | undefined
  const run = async (): Promise<void> => {
    for (let close = open.pop(); close !== undefined; close = open.pop()) {
      try {
        await close()
      } catch {
        // Closing is best effort: what could not be closed ends with the process.
      }
    }
  }
  return {
    add: (close) => open.push(close),
    close: () => {
      closing ??= run()
      return closing
    },
  }
}
