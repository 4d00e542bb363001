import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openDatabase, StoreUnavailable } from '../database/index.js'
import { startEmbeddedPostgres } from '../embedded/index.js'
import { tariffKey } from '../keys/index.js'
import { migrate } from '../migrate/index.js'
import type { ObjectStore } from '../ports/objects.js'
import { createObjectStore } from './object-store.js'

const party = { countryCode: 'DE', partyId: 'ABC' }

const put = (store: ObjectStore, id: string, n: number) => {
  const key = tariffKey(party, id)
  return store.write({
    reads: [key],
    plan: () => ({
      result: n,
      upserts: [
        {
          key,
          document: { n },
          lastUpdated: '2026-01-01T00:00:00Z',
          versionIn: '2.3.0',
          unmapped: null,
          receivedFrom: null,
          changedFields: null,
        },
      ],
    }),
  })
}

test('no acknowledged write is lost when the database is killed again and again; the store recovers by itself', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'interwatt-durability-'))
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
  await server.createDatabase('app')
  const database = await openDatabase({ url: server.url('app') })
  try {
    await migrate(database)
    const store = createObjectStore(database)
    const acknowledged = new Map<string, number>()
    const refusals: unknown[] = []
    let writing = true
    const writers = Array.from({ length: 16 }, async (_, index) => {
      for (let n = 1; writing; n += 1) {
        await put(store, `k${index}`, n).then(
          () => acknowledged.set(`k${index}`, n),
          async (error: unknown) => {
            refusals.push(error)
            await sleep(20)
          },
        )
      }
    })
    for (let kill = 0; kill < 3; kill += 1) {
      await sleep(300)
      const { pid } = server
      process.kill(pid, 'SIGKILL')
      while (server.pid === pid) await sleep(20)
      const before = acknowledged.get('k0') ?? 0
      while ((acknowledged.get('k0') ?? 0) <= before) await sleep(20)
    }
    writing = false
    await Promise.all(writers)
    expect(refusals.length).toBeGreaterThan(0)
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(StoreUnavailable)
    for (const [id, n] of acknowledged) {
      const stored = await store.get(tariffKey(party, id))
      // An unacknowledged write may or may not have been stored.
      expect(Number(stored?.document.n)).toBeGreaterThanOrEqual(n)
    }
  } finally {
    await database.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)

test('with the database away, reads and writes are refused soon and say so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'interwatt-away-'))
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
  const database = await openDatabase({ url: server.url('postgres') })
  try {
    await migrate(database)
    const store = createObjectStore(database)
    await put(store, 'x', 1)
    await server.stop()
    const started = performance.now()
    await expect(put(store, 'x', 2)).rejects.toThrow(StoreUnavailable)
    await expect(store.get(tariffKey(party, 'x'))).rejects.toThrow(StoreUnavailable)
    await expect(store.page({ kind: 'tariff', limit: 1 })).rejects.toThrow(StoreUnavailable)
    expect(performance.now() - started).toBeLessThan(8_000)
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)
