/**
 * Virtual time. It starts in the past and runs `speed` times faster than real time until it reaches the real
 * present; from then on it is the present. So no document is ever dated in the future, and time never goes back.
 */
export interface TimeMapping {
  readonly realStartMs: number
  readonly virtualStartMs: number
  /** Virtual seconds per real second. */
  readonly speed: number
}

/** Virtual epoch milliseconds at a real instant. */
export const virtualAt = (mapping: TimeMapping, realMs: number): number =>
  Math.min(mapping.virtualStartMs + (realMs - mapping.realStartMs) * mapping.speed, realMs)

/** The first real instant at which virtual time has reached `virtualMs`. */
export const realAt = (mapping: TimeMapping, virtualMs: number): number =>
  Math.max(mapping.realStartMs + (virtualMs - mapping.virtualStartMs) / mapping.speed, virtualMs)

/** Runs timers on virtual time. */
export interface WorldClock {
  /** Virtual seconds per real second. */
  readonly speed: number
  /** Virtual epoch seconds, whole. */
  nowS(): number
  /** Real time as ISO text, for `last_updated`. */
  realIso(): string
  realMs(): number
  /** Resolves when virtual time has reached the instant, or at once when the signal is aborted. */
  sleepUntilS(virtualS: number, signal: AbortSignal): Promise<void>
  /** Resolves after real milliseconds, or at once when the signal is aborted. */
  sleepRealMs(delayMs: number, signal: AbortSignal): Promise<void>
}

const LONGEST_TIMER_MS = 2 ** 31 - 1

/** A pause in real time that ends at once with the signal; never rejects. */
export const sleepMs = (delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, Math.min(Math.max(0, delayMs), LONGEST_TIMER_MS))
    signal.addEventListener('abort', finish, { once: true })
  })

/** A clock over the real one; `realNow` may be replaced in tests. */
export const createClock = (mapping: TimeMapping, realNow: () => number = Date.now): WorldClock => ({
  speed: mapping.speed,
  nowS: () => Math.floor(virtualAt(mapping, realNow()) / 1000),
  realIso: () => new Date(realNow()).toISOString(),
  realMs: realNow,
  sleepUntilS: async (virtualS, signal) => {
    const target = realAt(mapping, virtualS * 1000)
    while (!signal.aborted && realNow() < target) await sleepMs(Math.ceil(target - realNow()), signal)
  },
  sleepRealMs: sleepMs,
})

/** ISO text of virtual epoch seconds, without fraction. */
export const isoOfS = (epochS: number): string => new Date(epochS * 1000).toISOString().replace('.000Z', 'Z')
