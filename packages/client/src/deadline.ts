/** The time of a request was over. */
export class TimeLimit extends Error {
  override readonly name = 'TimeLimit'
}

/** Work that has to end early when told to. */
export interface Endable {
  end(reason: Error): void
}

/** The deadlines that a caller's signal ends: one listener per signal, however many requests share it. */
const watchers = new WeakMap<AbortSignal, Set<Deadline>>()

const watchersOf = (signal: AbortSignal): Set<Deadline> => {
  const known = watchers.get(signal)
  if (known !== undefined) return known
  const waiting = new Set<Deadline>()
  const callOff = (): void => {
    for (const deadline of waiting) deadline.callOff()
  }
  signal.addEventListener('abort', callOff, { once: true })
  watchers.set(signal, waiting)
  return waiting
}

/**
 * A time limit joined with the caller's own signal. One timer and no AbortController: made for every request, so it
 * has to be cheap.
 */
export class Deadline {
  /** Why the work has to end; undefined while it may go on. */
  reason: Error | undefined
  private work: Endable | undefined
  private readonly timer: NodeJS.Timeout
  private readonly siblings: Set<Deadline> | undefined

  constructor(timeoutMs: number, caller: AbortSignal | undefined) {
    this.timer = setTimeout(expire, timeoutMs, this, timeoutMs)
    if (caller === undefined) return
    if (caller.aborted) this.callOff()
    else this.siblings = watchersOf(caller).add(this)
  }

  /** What to end from now on; ended at once when it is over already. */
  watch(work: Endable): void {
    if (this.reason === undefined) this.work = work
    else work.end(this.reason)
  }

  callOff(): void {
    this.end(new Error('the request was called off'))
  }

  end(reason: Error): void {
    if (this.reason !== undefined) return
    this.reason = reason
    this.work?.end(reason)
  }

  /** Ends the timer; to be called when the work is done. */
  clear(): void {
    clearTimeout(this.timer)
    this.siblings?.delete(this)
    this.work = undefined
  }
}

const expire = (deadline: Deadline, timeoutMs: number): void =>
  deadline.end(new TimeLimit(`there was no complete answer within ${timeoutMs} ms`))
