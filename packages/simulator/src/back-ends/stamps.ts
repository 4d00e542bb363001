/** `last_updated` values of one object: real time, strictly rising even within a millisecond. */
export const createStamps = (realMs: () => number): (() => string) => {
  let lastMs = 0
  return () => {
    lastMs = Math.max(realMs(), lastMs + 1)
    return new Date(lastMs).toISOString()
  }
}
