import type { FeedEntry } from '@interwatt/store'
import { expect, test } from 'vitest'
import { readBox } from '../../stations/index.js'
import { DriverStream, type DriverStreamDeps, type Watched } from './driver-stream.js'

const entry = { type: 'charge.updated', subject: 'c1' } as FeedEntry

/** A stream whose charge reads `state` when it is asked for; `during` runs while it is read. */
const open = (watched: Partial<Watched>, deps: Partial<DriverStreamDeps> = {}) => {
  const world = { state: 'asked', during: async (): Promise<void> => {}, tell: (_entry: FeedEntry) => {} }
  const charges = {
    async get() {
      const { state } = world
      await world.during()
      return { kind: 'done', value: { state } }
    },
  }
  const all = {
    news: {
      listen: ({ tell }: { tell(entry: FeedEntry): void }) => {
        world.tell = tell
        return () => undefined
      },
    },
    charging: { charges },
    charges: { open: async () => [{ id: 'c1' }] },
    objects: { currentSeq: async () => 1 },
    stations: { state: () => ({ seq: 0 }) },
    now: () => 10_000,
    ...deps,
  } as unknown as DriverStreamDeps
  const reader = { driver: null, language: 'en', stations: [], area: undefined, resumeAfter: undefined }
  const stream = new DriverStream(all, { ...reader, ...watched } as Watched)
  return { world, stream }
}

test('what changes while a charge is read is told with the next frames', async () => {
  const { world, stream } = open({ driver: { id: 'd1' } as never })
  world.during = async () => {
    world.during = async () => {}
    world.state = 'charging'
    world.tell(entry)
  }
  expect((await stream.read(0)).frames.map(({ text }) => text)).toEqual([expect.stringContaining('"asked"')])
  expect((await stream.read(0)).frames.map(({ text }) => text)).toEqual([
    expect.stringContaining('"charging"'),
  ])
  expect((await stream.read(0)).frames).toEqual([])
})

test('a charge that cannot be read is told when it can', async () => {
  const { world, stream } = open({ driver: { id: 'd1' } as never })
  world.during = async () => {
    throw new Error('away')
  }
  await expect(stream.read(0)).rejects.toThrow('away')
  world.during = async () => {}
  expect((await stream.read(0)).frames).toHaveLength(1)
})

test('what changes elsewhere does not make a stream read', async () => {
  const box = readBox({ west: 13, south: 52, east: 14, north: 53 })
  if (box.kind === 'wrong') throw new Error(box.why)
  let [seq, looks, isHere] = [0, 0, false]
  const stations = {
    state: () => ({ seq }),
    changedSince: () => isHere,
    next: async () => {
      seq += 1
      looks += 1
      isHere = looks === 3
    },
  }
  const { stream } = open({ area: box.area }, { stations: stations as never })
  await stream.next(AbortSignal.timeout(5_000))
  expect(looks).toBe(3)
  expect((await stream.read(0)).frames.map(({ text }) => text)).toEqual([
    expect.stringContaining('event: map'),
  ])
})
