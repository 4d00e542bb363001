import { ANSWER_BOUNDS_MS } from '@interwatt/store'

/** Answer times counted by bucket: one count for each bound, and one for what took longer than the last. */
export const noBuckets = (): number[] => Array.from({ length: ANSWER_BOUNDS_MS.length + 1 }, () => 0)

/** Bucket of an answer time in milliseconds. */
export const bucketOf = (durationMs: number): number => {
  const found = ANSWER_BOUNDS_MS.findIndex((bound) => durationMs <= bound)
  return found === -1 ? ANSWER_BOUNDS_MS.length : found
}

/** Buckets added up; lists of any length. */
export const addBuckets = (lists: readonly (readonly number[])[]): readonly number[] =>
  noBuckets().map((_zero, index) => lists.reduce((sum, list) => sum + (list[index] ?? 0), 0))

export const countOf = (buckets: readonly number[]): number => buckets.reduce((sum, count) => sum + count, 0)

/**
 * The time within which a part (0 to 1) of the answers came, in whole milliseconds: by rank, in a straight line within its bucket, and never more
 * than the longest. Undefined without answers.
 */
export const percentileMs = (
  buckets: readonly number[],
  part: number,
  longestMs: number,
): number | undefined => {
  const rank = Math.max(1, Math.ceil(countOf(buckets) * part))
  let before = 0
  for (const [index, count] of buckets.entries()) {
    if (count > 0 && before + count >= rank) {
      const low = index === 0 ? 0 : (ANSWER_BOUNDS_MS[index - 1] ?? 0)
      const high = Math.max(low, Math.min(ANSWER_BOUNDS_MS[index] ?? longestMs, longestMs))
      return Math.round(low + (high - low) * ((rank - before) / count))
    }
    before += count
  }
  return undefined
}
