/** Messages of callers without a valid token that are recorded in a minute; the rest is counted. */
const PER_MINUTE = 60
const MINUTE_MS = 60_000

/** Says whether one more message of a stranger may be recorded, so that nobody can fill the store from outside. */
export const createStrangerLimit = (now: () => number, perMinute = PER_MINUTE): (() => boolean) => {
  let left = perMinute
  let minute = Math.floor(now() / MINUTE_MS)
  return () => {
    const current = Math.floor(now() / MINUTE_MS)
    if (current !== minute) {
      minute = current
      left = perMinute
    }
    if (left === 0) return false
    left -= 1
    return true
  }
}
