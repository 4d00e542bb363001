import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { MapAnswer, MapQuery } from '../../api/map.js'
import { type FetchMap, LiveMap } from './live-map.js'

const query = (zoom: number): MapQuery => ({
  bounds: { west: 1, south: 2, east: 3, north: 4 },
  zoom,
  filters: {},
})
const answerAt = (seq: number, change: Partial<MapAnswer> = {}): MapAnswer => ({
  seq,
  complete: true,
  total: 0,
  bounds: null,
  clusters: [],
  stations: [],
  known: { stations: 0, evses: 0, without_place: 0 },
  ...change,
})

let asked: { readonly zoom: number; readonly known: number | undefined; readonly atMs: number }[]
let seq: number
const fetchMap: FetchMap = async (asks, known) => {
  asked.push({ zoom: asks.zoom, known: known?.seq, atMs: Date.now() })
  return answerAt(seq)
}
let map: LiveMap

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  asked = []
  seq = 10
  map = new LiveMap(fetchMap, Date.now)
})
afterEach(() => {
  map.stop()
  vi.useRealTimers()
})

test('a map that is moved is asked for once it rests', async () => {
  map.look(query(1))
  await vi.advanceTimersByTimeAsync(50)
  for (let zoom = 2; zoom < 8; zoom += 1) {
    map.look(query(zoom))
    await vi.advanceTimersByTimeAsync(50)
  }
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked.map(({ zoom }) => zoom)).toEqual([1, 7])
})

test('hundreds of changes a second have the map read once a second, from where it was', async () => {
  map.look(query(1))
  await vi.advanceTimersByTimeAsync(1_000)
  for (let n = 0; n < 1_500; n += 1) {
    seq += 1
    map.touch(seq)
    await vi.advanceTimersByTimeAsync(2)
  }
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked.length).toBeGreaterThanOrEqual(4)
  expect(asked.length).toBeLessThanOrEqual(5)
  expect(asked.slice(1).every(({ known }) => known !== undefined)).toBe(true)
  expect(map.snapshot().answer?.seq).toBe(seq)
})

test('an answer that does not have the change yet is followed by another', async () => {
  map.look(query(1))
  await vi.advanceTimersByTimeAsync(1_000)
  map.touch(11)
  await vi.advanceTimersByTimeAsync(1_500)
  expect(asked).toHaveLength(3)
  seq = 11
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked).toHaveLength(4)
})

test('a node that does not know all stations yet is asked until it does', async () => {
  const answers = [answerAt(0, { complete: false }), answerAt(0, { complete: false }), answerAt(5)]
  map = new LiveMap(async () => answers.shift() ?? answerAt(6), Date.now)
  map.look(query(1))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(answers).toEqual([])
  expect(map.snapshot().answer).toMatchObject({ complete: true, seq: 5 })
})

test('a failure keeps what is shown, says so, and is tried again', async () => {
  map.look(query(1))
  await vi.advanceTimersByTimeAsync(100)
  let fails = true
  const failing = new LiveMap((asks, known, signal) => {
    if (fails) return Promise.reject(new Error('away'))
    return fetchMap(asks, known, signal)
  }, Date.now)
  failing.look(query(2))
  await vi.advanceTimersByTimeAsync(100)
  expect(failing.snapshot()).toMatchObject({ answer: undefined, error: new Error('away') })
  fails = false
  await vi.advanceTimersByTimeAsync(6_000)
  expect(failing.snapshot()).toMatchObject({ answer: { seq: 10 }, error: undefined })
  failing.stop()
})

test('a map that was left asks no more', async () => {
  map.look(query(1))
  map.stop()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(asked).toEqual([])
})
