import { describe, expect, it } from 'vitest'
import { takeFrames, waitMs } from './event-frames.js'

describe('a stream of events', () => {
  it('is cut into whole frames, with their kind', () => {
    const { frames, rest } = takeFrames(
      'id: 7\nevent: charge\ndata: {"a":1}\n\n: still here\n\nid: 8\ndata: 2\n\nid: 9',
    )
    expect(frames).toEqual([
      { id: '7', event: 'charge', data: '{"a":1}' },
      { id: '', event: 'message', data: '' },
      { id: '8', event: 'message', data: '2' },
    ])
    expect(rest).toBe('id: 9')
  })

  it('puts data of several lines together', () => {
    expect(takeFrames('data: a\ndata: b\n\n').frames[0]?.data).toBe('a\nb')
  })

  it('is opened again after a wait that doubles up to half a minute, never all apps at once', () => {
    expect([0, 1, 2, 3].map((attempt) => waitMs(attempt, 0.5))).toEqual([1_000, 2_000, 4_000, 8_000])
    expect(waitMs(40, 0.5)).toBe(30_000)
    expect([waitMs(0, 0), waitMs(0, 1)]).toEqual([750, 1_250])
  })
})
