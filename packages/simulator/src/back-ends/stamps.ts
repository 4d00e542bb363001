/** `last_updated` values of one object by a clock in epoch milliseconds, strictly rising even while the clock stands. */
export const createStamps = (nowMs: () => number): (() => string) => {
  let lastMs = 0
  return () => {
    lastMs = Math.max(nowMs(), lastMs + 1)
    return new Date(lastMs).toISOString()
  }
}
