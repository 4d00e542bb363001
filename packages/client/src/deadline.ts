/** A time limit joined with the caller's own signal. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Ends the timer; to be called when the work is done. */
  clear(): void
}

/** Aborts after `timeoutMs`, or when the caller's signal does. */
export const deadline = (timeoutMs: number, caller: AbortSignal | undefined): Deadline => {
  const controller = new AbortController()
  const abort = (): void => controller.abort(new Error('the request was called off'))
  const timer = setTimeout(
    () => controller.abort(new Error(`there was no complete answer within ${timeoutMs} ms`)),
    timeoutMs,
  )
  if (caller?.aborted === true) abort()
  else caller?.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer)
      caller?.removeEventListener('abort', abort)
    },
  }
}
