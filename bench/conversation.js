/**
 * What recording messages costs. Two nodes on one database server, one records and one does not, take the same requests by
 * turns; and the time one message takes in the process of the node. Run after `npm run build`: `node bench/conversation.js`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { Pool, request } from 'undici'
import { createRecorder } from '../packages/platform/dist/conversation/recorder.js'
import { createMetrics } from '../packages/platform/dist/operator/index.js'
import { createMessageStore, openDatabase, startEmbeddedPostgres } from '../packages/store/dist/index.js'
import { location } from './support/location.js'
import { microseconds } from './support/microseconds.js'

const ROUND_MS = 4000
const ROUNDS = 7
const CONCURRENCY = 64
const KEY = 'bench-operator-key-not-secret'
const PEER_TOKEN = 'bench-peer-token'
const PLACES = 500

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]
const say = (label, text) => console.log(`${label.padEnd(62)} ${text}`)
const header = (token) => `Token ${Buffer.from(token).toString('base64')}`

const small = (id) => ({
  ...location,
  country_code: 'NL',
  party_id: 'PEE',
  id,
  evses: location.evses.slice(0, 2).map((evse, index) => ({ ...evse, uid: `E${index}` })),
})

/** Requests of a round: mostly changes of status, some objects of 4 kB, some reads. */
const requests = [
  ...Array.from({ length: 7 }, () => (n) => ({
    method: 'PATCH',
    path: `/ocpi/2.3.0/receiver/locations/NL/PEE/L${n % PLACES}/E0`,
    body: JSON.stringify({
      status: n % 2 === 0 ? 'CHARGING' : 'AVAILABLE',
      last_updated: new Date(Date.now() + n).toISOString(),
    }),
  })),
  ...Array.from({ length: 2 }, () => (n) => ({
    method: 'PUT',
    path: `/ocpi/2.3.0/receiver/locations/NL/PEE/L${n % PLACES}`,
    body: JSON.stringify({
      ...small(`L${n % PLACES}`),
      name: `Name ${n}`,
      last_updated: new Date().toISOString(),
    }),
  })),
  (n) => ({ method: 'GET', path: `/ocpi/2.3.0/receiver/locations/NL/PEE/L${n % PLACES}` }),
]

/** In another process: as many requests as fit into a round. */
const load = async (origin, token, roundMs) => {
  const pool = new Pool(origin, { connections: CONCURRENCY })
  const headers = { authorization: header(token), 'content-type': 'application/json' }
  const endAt = performance.now() + roundMs
  let count = 0
  let n = 0
  const work = async () => {
    while (performance.now() < endAt) {
      n += 1
      const answer = await pool.request({ ...requests[n % requests.length](n), headers })
      const text = await answer.body.text()
      if (!text.includes('"status_code":1000')) throw new Error(text)
      count += 1
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  await pool.close()
  process.send(count / (roundMs / 1000))
}

const api = async (url, method, path, body, token) => {
  const answer = await request(url + path, {
    method,
    headers: {
      authorization: token === undefined ? `Bearer ${KEY}` : header(token),
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.body.text()
  if (answer.statusCode > 299) throw new Error(text)
  return JSON.parse(text)
}

/** A partner that answers nothing but what registering needs. */
const startPeer = async () => {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${server.address().port}`
  const data = {
    '/versions': [{ version: '2.3.0', url: `${base}/details` }],
    '/details': {
      version: '2.3.0',
      endpoints: [
        { identifier: 'credentials', role: 'SENDER', url: `${base}/credentials` },
        { identifier: 'commands', role: 'RECEIVER', url: `${base}/commands` },
      ],
    },
  }
  server.on('request', (message, response) => {
    message.resume()
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        data: data[message.url] ?? [],
        status_code: 1000,
        timestamp: new Date().toISOString(),
      }),
    )
  })
  const role = { role: 'CPO', country_code: 'NL', party_id: 'PEE', business_details: { name: 'Peer' } }
  return { server, credentials: { token: PEER_TOKEN, url: `${base}/versions`, roles: [role] } }
}

const startNode = async (databaseUrl, { port, records, peer }) => {
  const url = `http://127.0.0.1:${port}`
  const child = fork(new URL('./support/node-process.js', import.meta.url), {
    env: {
      ...process.env,
      PORT: String(port),
      PUBLIC_URL: url,
      DATABASE_URL: databaseUrl,
      INTERWATT_API_KEY: KEY,
      INTERWATT_SECRET: 'bench-secret-not-secret-0123456789abcdef',
      LOG_LEVEL: 'error',
      RECORD_MESSAGES: String(records),
    },
  })
  process.once('exit', () => child.kill())
  await once(child, 'message')
  await api(url, 'PUT', '/api/v1/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Bench' } })
  const { token_a } = await api(url, 'POST', '/api/v1/partners', { name: 'Peer' })
  const registered = await api(url, 'POST', '/ocpi/2.3.0/credentials', peer.credentials, token_a)
  const { token } = registered.data
  for (let n = 0; n < PLACES; n += 1)
    await api(url, 'PUT', `/ocpi/2.3.0/receiver/locations/NL/PEE/L${n}`, small(`L${n}`), token)
  return { child, url, token }
}

/** CPU time of a node's process in microseconds: it tells the cost also when other work on the machine slows everything down. */
const cpuOf = async (child) => {
  child.send('cpu')
  const [{ cpu }] = await once(child, 'message')
  return cpu.user + cpu.system
}

const measure = async ({ child: node, url, token }, roundMs) => {
  const before = await cpuOf(node)
  const child = fork(new URL(import.meta.url), ['load', url, token, String(roundMs)])
  const [perSecond] = await once(child, 'message')
  // What waits is written too.
  await new Promise((resolve) => setTimeout(resolve, 500))
  return { perSecond, cpuMicros: ((await cpuOf(node)) - before) / (perSecond * (roundMs / 1000)) }
}

const metric = async ({ url }, name) => {
  const answer = await request(`${url}/metrics`, { headers: { authorization: `Bearer ${KEY}` } })
  const text = await answer.body.text()
  return [...text.matchAll(new RegExp(`^${name}(?:{[^}]*})? (\\S+)$`, 'gm'))].reduce(
    (sum, [, value]) => sum + Number(value),
    0,
  )
}

const wholeNodes = async (server) => {
  const peer = await startPeer()
  await server.createDatabase('off')
  await server.createDatabase('on')
  const off = await startNode(server.url('off'), { port: 18_082, records: false, peer })
  const on = await startNode(server.url('on'), { port: 18_083, records: true, peer })
  for (const node of [off, on]) await measure(node, 1500)
  const rates = { off: [], on: [] }
  const ratios = []
  for (let round = 0; round < ROUNDS; round += 1) {
    // The one that goes first changes, so that neither gains by its place.
    const order = round % 2 === 0 ? ['off', 'on'] : ['on', 'off']
    for (const name of order) rates[name].push(await measure(name === 'on' ? on : off, ROUND_MS))
    ratios.push(rates.on[round].perSecond / rates.off[round].perSecond)
  }
  const recorded = await metric(on, 'interwatt_messages_recorded_total')
  const dropped = await metric(on, 'interwatt_messages_dropped_total')
  for (const { child } of [off, on]) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  peer.server.close()
  const client = new pg.Client({ connectionString: server.url('on') })
  await client.connect()
  const { rows } = await client.query(
    `select sum(pg_total_relation_size(inhrelid))::float8 as bytes, (select count(*)::float8 from messages) as count
     from pg_inherits where inhparent = 'messages'::regclass`,
  )
  await client.end()
  const medianOf = (name, field) => median(rates[name].map((each) => each[field]))
  const shown = (name) =>
    `${medianOf(name, 'perSecond').toFixed(0)}/s, ${medianOf(name, 'cpuMicros').toFixed(0)} us of CPU in the node`
  say('requests of partners, not recording', shown('off'))
  say('requests of partners, recording', shown('on'))
  say(
    '  ratio of rates, of CPU',
    `${median(ratios).toFixed(3)}, ${(medianOf('on', 'cpuMicros') / medianOf('off', 'cpuMicros')).toFixed(3)}`,
  )
  say('  ratios of the rounds', ratios.map((ratio) => ratio.toFixed(2)).join(' '))
  say('  recorded, dropped', `${recorded}, ${dropped}`)
  say('  space in the database for each message', `${(rows[0].bytes / rows[0].count).toFixed(0)} bytes`)
}

const sample = (text) => ({
  partnerId: 'p',
  operation: 'locations.receiver.put',
  method: 'PUT',
  path: '/ocpi/2.3.0/receiver/locations/NL/PEE/L1',
  httpStatus: 200,
  statusCode: 1000,
  durationMs: 2,
  requestId: '7e2f2b1c-9d1e-4c7e-8f4e-1f2d3c4b5a69',
  correlationId: '0a1b2c3d-9d1e-4c7e-8f4e-1f2d3c4b5a69',
  caller: { partnerId: 'p', partnerName: 'Peer', token: 'zT5hHk0mXy0v5i1uYk1mNqQq9bV7rXc2LwEoPaSdFgH' },
  version: '2.3.0',
  module: 'locations',
  side: 'RECEIVER',
  params: { country_code: 'NL', party_id: 'PEE', location_id: 'L1' },
  queryText: '',
  requestHeaders: {
    host: 'node.example',
    authorization: header('zT5hHk0mXy0v5i1uYk1mNqQq9bV7rXc2LwEoPaSdFgH'),
    'content-type': 'application/json',
    'x-request-id': '7e2f2b1c-9d1e-4c7e-8f4e-1f2d3c4b5a69',
    'x-correlation-id': '0a1b2c3d-9d1e-4c7e-8f4e-1f2d3c4b5a69',
    'content-length': String(text.length),
  },
  requestText: text,
  json: {},
  responseHeaders: { 'content-type': 'application/json', 'content-length': 60 },
  responseBody: '{"status_code":1000,"timestamp":"2026-03-01T10:00:00.000Z"}',
  findings: [],
})

/** Time in the process of the node: taking a message, and writing it to a real database. */
const alone = async (server) => {
  await server.createDatabase('alone')
  const database = await openDatabase({ url: server.url('alone') })
  const { migrate } = await import('../packages/store/dist/index.js')
  await migrate(database)
  const store = createMessageStore(database)
  const settings = { recordMessages: true, messageDays: 7, messageGigabytes: 10 }
  const limits = { messages: 0, bytes: 0, batchMessages: 250, batchBytes: 524_288, flushEveryMs: 60_000 }
  const deps = {
    metrics: createMetrics(),
    settings,
    partnerOf: () => undefined,
    now: Date.now,
    onError: console.error,
  }
  const recorder = createRecorder({ ...deps, store, limits })
  for (const [name, text] of [
    ['a status of 70 bytes', '{"status":"CHARGING","last_updated":"2026-03-01T10:00:00.000Z","n":123456}'],
    [`a location of ${JSON.stringify(small('L1')).length} bytes`, JSON.stringify(small('L1'))],
  ]) {
    const message = sample(text)
    say(`taking a message, ${name}`, `${microseconds(() => recorder.incoming(message)).toFixed(1)} us`)
    const rows = []
    const collecting = createRecorder({
      ...deps,
      store: { ...store, add: async (batch) => void rows.push(...batch) },
      limits: { ...limits, messages: 300, bytes: 1e9 },
    })
    for (let n = 0; n < 250; n += 1) collecting.incoming(message)
    await collecting.stop()
    await store.add(rows, [])
    const cpu = process.cpuUsage()
    const begun = performance.now()
    for (let round = 0; round < 20; round += 1) await store.add(rows, [])
    const { user, system } = process.cpuUsage(cpu)
    const each = (micros) => (micros / (20 * rows.length)).toFixed(1)
    say(
      `writing it, 250 at a time, ${name}`,
      `${each(user + system)} us of CPU here, ${each((performance.now() - begun) * 1000)} us in all`,
    )
  }
  await recorder.stop()
  await database.close()
}

if (process.argv[2] === 'load') {
  await load(process.argv[3], process.argv[4], Number(process.argv[5]))
} else {
  const folder = await mkdtemp(join(tmpdir(), 'interwatt-bench-'))
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
  try {
    await alone(server)
    await wholeNodes(server)
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
