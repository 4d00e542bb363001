// Figures of the store: `npm run build && node bench/store.js`. Bounded in count; its database is deleted afterwards.
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import {
  createObjectStore,
  evseKey,
  migrate,
  openDatabase,
  startEmbeddedPostgres,
} from '../packages/store/dist/index.js'

const party = { countryCode: 'DE', partyId: 'ABC' }
const locations = Number(process.env.BENCH_LOCATIONS ?? 100_000)
const hotEvses = 5_000
const concurrency = 64
const seconds = 5
const rounds = 3

const filler = 'An address line of ordinary length, hours and directions. '.repeat(20)
const insertLocations = `
insert into objects (kind, country_code, party_id, id, document, last_updated, content_hash, version_in,
  created_seq, changed_seq, changed_xid, changed_at, previous_seq)
select 'location', 'DE', 'ABC', 'LOC' || n, jsonb_build_object(
    'id', 'LOC' || n, 'country_code', 'DE', 'party_id', 'ABC', 'publish', true, 'city', 'Berlin',
    'coordinates', jsonb_build_object('latitude', '52.5', 'longitude', '13.4'), 'directions', $1::text || md5(n::text),
    'last_updated', '2026-01-01T00:00:00Z'),
  '2026-01-01', decode(md5(n::text), 'hex'), '2.3.0', n, n, pg_current_xact_id(), now(), 0
from generate_series(1, ${locations}) n`
const insertEvses = `
insert into objects (kind, country_code, party_id, id, document, last_updated, content_hash, version_in,
  created_seq, changed_seq, changed_xid, changed_at, previous_seq)
select 'evse', 'DE', 'ABC', 'LOC' || n || '/E' || e, jsonb_build_object(
    'uid', 'E' || e, 'status', 'AVAILABLE', 'connectors', jsonb_build_array(jsonb_build_object(
      'id', '1', 'standard', 'IEC_62196_T2', 'format', 'SOCKET', 'power_type', 'AC_3_PHASE', 'max_voltage', 230,
      'max_amperage', 32, 'last_updated', '2026-01-01T00:00:00Z')), 'last_updated', '2026-01-01T00:00:00Z'),
  '2026-01-01', decode(md5(n || '/' || e), 'hex'), '2.3.0', ${locations} + n * 3 + e, ${locations} + n * 3 + e,
  pg_current_xact_id(), now(), 0
from generate_series(1, ${locations}) n, generate_series(1, 3) e`

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

const perSecond = async (workers, work) => {
  const started = performance.now()
  const deadline = started + seconds * 1_000
  let count = 0
  const latencies = []
  const loop = async () => {
    while (performance.now() < deadline) {
      const begun = performance.now()
      await work()
      latencies.push(performance.now() - begun)
      count += 1
    }
  }
  await Promise.all(Array.from({ length: workers }, loop))
  latencies.sort((a, b) => a - b)
  const at = (part) => latencies[Math.floor(latencies.length * part)]?.toFixed(1)
  return { rate: Math.round((count * 1_000) / (performance.now() - started)), p50: at(0.5), p99: at(0.99) }
}

let status = 0
const nextStatus = () => {
  status += 1
  return `S${status}`
}

const updateThroughStore = (store) => {
  const uid = 1 + Math.floor(Math.random() * hotEvses)
  const key = evseKey(party, `LOC${uid}`, 'E1')
  const lastUpdated = new Date().toISOString()
  return store.write({
    reads: [key],
    plan(read) {
      const before = read.get(key)
      const document = { ...before.document, status: nextStatus(), last_updated: lastUpdated }
      const { versionIn, unmapped, receivedFrom } = before
      const upsert = { key, document, lastUpdated, versionIn, unmapped, receivedFrom }
      return { upserts: [{ ...upsert, changedFields: ['status'] }], result: undefined }
    },
  })
}

const bareUpdate = `update objects set document = document || jsonb_build_object('status', $2::text),
  last_updated = now(), changed_seq = nextval('change_seq')
  where kind = 'evse' and country_code = 'DE' and party_id = 'ABC' and id = $1`

const updateBare = (pool) => {
  const id = `LOC${1 + Math.floor(Math.random() * hotEvses)}/E1`
  return pool.query({ name: 'bare', text: bareUpdate, values: [id, nextStatus()] })
}

const pgbench = async (folder, url, clients) => {
  const script = join(folder, 'update.sql')
  const text = bareUpdate.replace('$2::text', 'md5(random()::text)').replace('$1', `'LOC' || :n || '/E1'`)
  await writeFile(script, `\\set n random(1, ${hotEvses})\n${text};\n`)
  const args = [
    '-n',
    '-M',
    'prepared',
    '-c',
    String(clients),
    '-j',
    '1',
    '-T',
    String(seconds),
    '-f',
    script,
    url,
  ]
  const { stdout } = spawnSync('pgbench', args, { encoding: 'utf8' })
  return stdout?.match(/tps = ([\d.]+)/)?.[1]
}

const measureUpdates = async (folder, url, store) => {
  const results = { store: [], lone: [], bare: [], pgbench: [], pgbench10: [] }
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  pool.on('error', () => {})
  for (let round = 0; round < rounds; round += 1) {
    results.store.push(await perSecond(concurrency, () => updateThroughStore(store)))
    results.lone.push(await perSecond(1, () => updateThroughStore(store)))
    results.bare.push(await perSecond(concurrency, () => updateBare(pool)))
    results.pgbench.push(await pgbench(folder, url, concurrency))
    results.pgbench10.push(await pgbench(folder, url, 10))
  }
  await pool.end()
  const line = (name, runs) =>
    console.log(
      `${name}: ${median(runs.map(({ rate }) => rate))}/s (${runs.map(({ rate, p50, p99 }) => `${rate}, p50 ${p50} ms, p99 ${p99} ms`).join('; ')})`,
    )
  line(`status updates through write, ${concurrency} at a time`, results.store)
  line('status updates through write, 1 at a time', results.lone)
  line(`bare pg pool of 10, single-row UPDATE, ${concurrency} at a time`, results.bare)
  const found = results.pgbench[0] !== undefined
  console.log(
    `pgbench, same UPDATE, ${concurrency} clients: ${found ? results.pgbench.join(', ') : 'not on PATH'}`,
  )
  console.log(`pgbench, same UPDATE, 10 clients: ${found ? results.pgbench10.join(', ') : 'not on PATH'}`)
}

const time = async (work) => {
  const started = performance.now()
  await work()
  return performance.now() - started
}

const timed = async (name, work) => {
  const runs = []
  for (let round = 0; round < 5; round += 1) runs.push(await time(work))
  console.log(`${name}: ${median(runs).toFixed(0)} ms (${runs.map((run) => run.toFixed(0)).join(', ')})`)
}

const positions = async (store, query) => {
  const first = await store.page(query)
  const cursor = (seq) => Buffer.from(JSON.stringify([seq, first.total])).toString('base64url')
  return { total: first.total, last: cursor(locations - 1_000), early: cursor(1) }
}

const driverText = `select l.document::text, (select string_agg(e.document::text, ',') from objects e
  where e.kind = 'evse' and e.country_code = l.country_code and e.party_id = l.party_id
  and e.id > l.id || '/' and e.id < l.id || '0')
  from objects l where l.kind = 'location' and l.kind <> 'evse' and l.deleted_at is null
  and l.created_seq > $1 order by l.created_seq limit 1000`

const measurePages = async (database, store) => {
  const query = { kind: 'location', limit: 1_000 }
  const { last, early } = await positions(store, query)
  await timed('first page of 1,000 with its count', () => store.page(query))
  await timed('a page near the start', () => store.page({ ...query, after: early }))
  await timed('the last page', () => store.page({ ...query, after: last }))
  await timed('the driver alone reading the same text', () => database.query({ text: driverText }, [1]))
  await timed(`offset ${locations - 1_000}`, () => store.page({ ...query, offset: locations - 1_000 }))
  await timed('one owner, first page', () => store.page({ ...query, owners: [party] }))
  const recent = { ...query, dateFrom: '2026-06-01T00:00:00Z' }
  console.log(`locations changed since June: ${(await store.page(recent)).total}`)
  await timed('date_from matching few, first page', () => store.page(recent))
  const old = { ...query, dateFrom: '2025-01-01T00:00:00Z' }
  await timed('date_from matching all, first page', () => store.page(old))
  await timed('date_from matching all, last page', () => store.page({ ...old, after: last }))
  await timed('date_to before the updates, first page', () =>
    store.page({ ...query, dateTo: '2026-06-01T00:00:00Z' }),
  )
  const kinds = ['location', 'evse']
  await timed('changes, 500 newest', async () =>
    store.changes({ after: (await store.currentSeq()) - 500, kinds, limit: 500 }),
  )
}

const folder = await mkdtemp(join(tmpdir(), 'interwatt-bench-'))
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
try {
  await server.createDatabase('bench')
  const url = server.url('bench')
  const database = await openDatabase({ url })
  await migrate(database)
  const loading = await time(() =>
    database.session(async (session) => {
      await session.query({ text: insertLocations }, [filler])
      await session.query({ text: insertEvses })
      await session.query({ text: `select setval('change_seq', ${locations * 5})` })
      await session.query({ text: 'vacuum analyze objects' })
    }),
  )
  console.log(`loaded ${locations} locations, ${locations * 3} EVSEs in ${(loading / 1_000).toFixed(1)} s`)
  const store = createObjectStore(database)
  await measureUpdates(folder, url, store)
  await measurePages(database, store)
  console.log(`memory of this process: ${Math.round(process.memoryUsage().rss / 1e6)} MB`)
  await database.close()
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
