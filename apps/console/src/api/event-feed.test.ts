import { expect, test } from 'vitest'
import { takeFrames, waitMs } from './event-feed.js'
import { touchedBy } from './invalidation.js'
import { BAR_MS, countInto } from './recent-events.js'

test('frames are taken off whole, and the rest waits for more', () => {
  const { frames, rest } = takeFrames(
    'retry: 2000\n\nid: 7\nevent: a.b\ndata: {"x":1}\n\n: still here\n\nid: 8\nda',
  )
  expect(frames).toEqual([
    { id: '', data: '' },
    { id: '7', data: '{"x":1}' },
    { id: '', data: '' },
  ])
  expect(takeFrames(`${rest}ta: y\n\n`)).toEqual({ frames: [{ id: '8', data: 'y' }], rest: '' })
})

test('attempts to connect come later and later, never more than about a quarter of a minute apart', () => {
  const waits = Array.from({ length: 20 }, (_, attempt) => waitMs(attempt, 0.5))
  expect(waits[0]).toBe(1_000)
  expect(waits.every((wait, index) => index === 0 || wait >= (waits[index - 1] ?? 0))).toBe(true)
  expect(Math.max(...waits)).toBe(15_000)
  expect(waitMs(30, 1)).toBeLessThan(20_000)
})

test('an event makes only the pages of its kind out of date', () => {
  expect(touchedBy('evse.updated')).toEqual(['locations', 'statuses'])
  expect(touchedBy('partner.outage')).toEqual(['partners', 'problems', 'partner-traffic'])
  expect(touchedBy('webhook.disabled')).toEqual([])
  expect(touchedBy('constructor.x')).toEqual([])
})

test('bars count ten seconds each, with empty ones between, for ten minutes', () => {
  const start = countInto([], 3, 1_000)
  const later = countInto(start, 2, 3 * BAR_MS + 1)
  expect(later.map(({ count }) => count)).toEqual([3, 0, 0, 2])
  expect(countInto(later, 1, 3 * BAR_MS + 2).at(-1)?.count).toBe(3)
  const after = countInto(later, 1, 100 * BAR_MS)
  expect(after).toHaveLength(60)
  expect(after.at(-1)).toEqual({ atMs: 100 * BAR_MS, count: 1 })
})
