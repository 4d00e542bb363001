/**
 * Pushes per second to a fast receiver in another process, from the database to the acknowledged cursor, against bare
 * undici sending the same PUTs with the same number of requests in flight, in the same run.
 * After `npx tsc -b packages/sync`: `node bench/sync.js`. Bounded in count; its database is deleted afterwards.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'undici'
import { createOcpiClient } from '../packages/client/dist/index.js'
import {
  createObjectStore,
  createPartnerStore,
  createSyncStore,
  evseKey,
  migrate,
  openDatabase,
  startEmbeddedPostgres,
  tariffKey,
} from '../packages/store/dist/index.js'
import { createSync } from '../packages/sync/dist/index.js'

const OBJECTS = Number(process.env.BENCH_OBJECTS ?? 10_000)
const IN_FLIGHT = 8
const ROUNDS = 3
const owner = { countryCode: 'DE', partyId: 'IWC' }

/** In the other process: a partner that agrees to everything and counts. */
const serve = () => {
  const answer = JSON.stringify({ status_code: 1000, timestamp: '2026-01-31T12:00:00Z' })
  const headers = { 'content-type': 'application/json', 'content-length': answer.length }
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, headers)
      response.end(answer)
    })
  })
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
}

const time = (n) => new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString()

const tariff = (n, round) => ({
  country_code: 'DE',
  party_id: 'IWC',
  id: `T${n}`,
  currency: 'EUR',
  tariff_alt_text: [
    { language: 'de', text: `Runde ${round}. ${'Strom zum Laden, ohne Grundgebühr. '.repeat(10)}` },
  ],
  elements: Array.from({ length: 4 }, (_, hour) => ({
    price_components: [{ type: 'ENERGY', price: 0.4, vat: 19, step_size: 1 }],
    restrictions: { start_time: `0${hour}:00`, end_time: `0${hour + 1}:00` },
  })),
  tax_included: 'NO',
  last_updated: time(round),
})

const evse = (n, round) => ({
  uid: `E${n}`,
  status: round % 2 ? 'CHARGING' : 'AVAILABLE',
  connectors: [
    {
      id: '1',
      standard: 'IEC_62196_T2',
      format: 'SOCKET',
      power_type: 'AC_3_PHASE',
      max_voltage: 400,
      max_amperage: 32,
      last_updated: time(0),
    },
  ],
  last_updated: time(round),
})

const location = (n) => ({
  country_code: 'DE',
  party_id: 'IWC',
  id: `L${n}`,
  publish: true,
  address: 'Lindenweg 4',
  city: 'Kassel',
  country: 'DEU',
  coordinates: { latitude: '51.312345', longitude: '9.481234' },
  time_zone: 'Europe/Berlin',
  last_updated: time(0),
})

const upsert = (key, document, changedFields) => ({
  key,
  document,
  lastUpdated: document.last_updated,
  versionIn: '2.3.0',
  unmapped: null,
  receivedFrom: null,
  changedFields,
})

const writeAll = async (objects, upserts) => {
  for (let from = 0; from < upserts.length; from += 500)
    await Promise.all(
      upserts
        .slice(from, from + 500)
        .map((one) => objects.write({ reads: [], plan: () => ({ upserts: [one], result: null }) })),
    )
}

const locationsOf = () => Math.ceil(OBJECTS / 10)
const evses = (round) =>
  Array.from({ length: OBJECTS }, (_, n) =>
    upsert(
      evseKey(owner, `L${n % locationsOf()}`, `E${n}`),
      evse(n, round),
      round === 0 ? null : ['status', 'last_updated'],
    ),
  )

/** Bare undici: the same paths and bodies, as many at a time. */
const bare = async (port, requests) => {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: IN_FLIGHT })
  const headers = { authorization: 'Token YmVuY2g=', 'content-type': 'application/json' }
  const begun = performance.now()
  let next = 0
  const work = async () => {
    while (next < requests.length) {
      const { method, path, text } = requests[next++]
      const { body } = await pool.request({ method, path, headers, body: text })
      JSON.parse(await body.text())
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, work))
  const seconds = (performance.now() - begun) / 1000
  await pool.close()
  return requests.length / seconds
}

const node = (database, client, port) => {
  const store = createSyncStore(database)
  const objects = createObjectStore(database)
  const partners = createPartnerStore(database)
  const party = { party: { countryCode: 'NL', partyId: 'EXA' }, role: 'EMSP', businessDetails: null }
  const partner = {
    id: 'bench',
    name: 'bench',
    status: 'REGISTERED',
    version: process.env.BENCH_VERSION ?? '2.2.1',
    versionsUrl: null,
    endpoints: ['locations', 'tariffs'].map((module) => ({
      module,
      side: 'RECEIVER',
      url: `http://127.0.0.1:${port}/${module}`,
    })),
    roles: [party],
    hubParty: null,
    unlockAllowed: true,
    profilesAllowed: false,
    outboundToken: 'bench',
    tokenEncoding: 'base64',
    statusReason: null,
    createdAt: time(0),
    registeredAt: time(0),
  }
  const sync = createSync({
    objects,
    sync: store,
    partners,
    client,
    openPartner: ({ id, version, endpoints }) => ({
      id,
      version,
      endpoints,
      token: 'bench',
      tokenEncoding: 'base64',
    }),
    hostedParties: async () => [{ party: owner, roles: ['CPO'], businessDetails: { name: 'bench' } }],
    applyPulled: async () => ({ changed: 0 }),
    retire: async () => {},
    clock: Date.now,
    random: Math.random,
    log: (level, ...rest) => level === 'error' && console.error(...rest),
    onEvent: ({ type, data }) => type.startsWith('sync.push') && console.error(type, JSON.stringify(data)),
    onFindings: () => {},
    limits: { requestsPerPartner: IN_FLIGHT },
  })
  return { sync, objects, partners, partner }
}

/** Seconds from the start of delivery until the cursor is at the end. */
const drain = async ({ sync }) => {
  const begun = performance.now()
  sync.start()
  sync.kick('bench')
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    const { backlog } = await sync.status('bench')
    if (Object.values(backlog).every((count) => count === 0)) break
  }
  const seconds = (performance.now() - begun) / 1000
  await sync.stop()
  return seconds
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]
const report = (what, ours, theirs) =>
  console.log(
    `${what.padEnd(44)} ${ours.toFixed(0).padStart(6)}/s  bare undici ${theirs.toFixed(0).padStart(6)}/s  ${((100 * ours) / theirs).toFixed(0)} %`,
  )

const main = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'interwatt-bench-'))
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: false })
  const child = fork(new URL(import.meta.url), ['serve'])
  const [port] = await once(child, 'message')
  const database = await openDatabase({ url: server.url('postgres') })
  await migrate(database)
  const client = createOcpiClient({ allowPrivateAddresses: true })
  const bench = node(database, client, port)
  await bench.partners.create(bench.partner, [])
  await writeAll(bench.objects, [
    ...Array.from({ length: locationsOf() }, (_, n) =>
      upsert({ ...owner, kind: 'location', id: `L${n}` }, location(n), null),
    ),
    ...evses(0),
  ])
  await drain(bench)
  const results = { tariffs: [[], []], evses: [[], []] }
  for (let round = 1; round <= ROUNDS; round += 1) {
    const tariffs = Array.from({ length: OBJECTS }, (_, n) => tariff(n, round))
    await writeAll(
      bench.objects,
      tariffs.map((document) => upsert(tariffKey(owner, document.id), document, null)),
    )
    results.tariffs[0].push(OBJECTS / (await drain(bench)))
    results.tariffs[1].push(
      await bare(
        port,
        tariffs.map((document) => ({
          method: 'PUT',
          path: `/tariffs/DE/IWC/${document.id}`,
          text: JSON.stringify(document),
        })),
      ),
    )
    await writeAll(bench.objects, evses(round))
    results.evses[0].push(OBJECTS / (await drain(bench)))
    const patches = evses(round).map(({ document }, n) => ({
      method: 'PATCH',
      path: `/locations/DE/IWC/L${n % locationsOf()}/E${n}`,
      text: JSON.stringify({ status: document.status, last_updated: document.last_updated }),
    }))
    results.evses[1].push(await bare(port, patches))
  }
  const size = JSON.stringify(tariff(1, 1)).length
  console.log(`${OBJECTS} objects, ${IN_FLIGHT} requests in flight, median of ${ROUNDS} rounds`)
  report(`PUT of tariffs of ${size} bytes`, ...results.tariffs.map(median))
  report('status changes of EVSEs as PATCH', ...results.evses.map(median))
  await client.close()
  await database.close()
  child.kill()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}

if (process.argv[2] === 'serve') serve()
else await main()
