import { useState } from 'preact/hooks'

/** Something that takes a while, and may fail, as buttons and forms show it. */
export interface Doing {
  readonly busy: boolean
  /** Why it failed the last time; undefined while it did not. */
  readonly error: unknown
  /** Takes a failure, or undefined for none. */
  readonly setError: (error: unknown) => void
  /** Follows work that has begun. */
  readonly follow: (work: Promise<unknown>) => void
}

/** What a button or a form does: busy until it is done, then without error or with one. */
export const useDoing = (): Doing => {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const follow = (work: Promise<unknown>): void => {
    setBusy(true)
    setError(undefined)
    work.catch(setError).finally(() => setBusy(false))
  }
  return { busy, error, setError, follow }
}
