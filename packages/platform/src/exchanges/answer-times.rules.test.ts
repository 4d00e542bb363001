import { describe, expect, it } from 'vitest'
import { addBuckets, bucketOf, countOf, noBuckets, percentileMs } from './answer-times.rules.js'

const counted = (...timesMs: readonly number[]): readonly number[] => {
  const buckets = noBuckets()
  for (const timeMs of timesMs) buckets[bucketOf(timeMs)] = (buckets[bucketOf(timeMs)] ?? 0) + 1
  return buckets
}

describe('answer times in buckets', () => {
  it('say nothing without answers', () => {
    expect(percentileMs(noBuckets(), 0.95, 0)).toBeUndefined()
  })

  it('put the 95th percentile where the slowest twentieth begins', () => {
    const fast = Array.from({ length: 19 }, () => 8)
    expect(percentileMs(counted(...fast, 6_000), 0.95, 6_000)).toBe(10)
    expect(percentileMs(counted(...fast, 6_000, 6_000), 0.95, 6_000)).toBeGreaterThan(5_000)
  })

  it('never claim more than the longest answer took', () => {
    expect(percentileMs(counted(6_000, 6_100), 0.99, 6_100)).toBe(6_100)
    expect(percentileMs(counted(90_000), 0.5, 90_000)).toBe(90_000)
  })

  it('add up to what was counted', () => {
    expect(countOf(addBuckets([counted(1, 2), counted(70_000)]))).toBe(3)
  })
})
