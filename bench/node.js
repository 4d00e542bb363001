// Figures of a whole node over HTTP: `npm run build && node bench/node.js`. Bounded in count; its database is deleted afterwards.
import { fork, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { Agent, request } from 'undici'
import { startEmbeddedPostgres } from '../packages/store/dist/index.js'

const LOCATIONS = Number(process.env.BENCH_LOCATIONS ?? 100_000)
const SECONDS = 5
const ROUNDS = 3
const PORT = 18_080
const PEER_PORT = 18_081
const URL_ = `http://127.0.0.1:${PORT}`
const KEY = 'bench-operator-key-not-secret'
const agent = new Agent({ connections: 64 })

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
const say = (label, text) => console.log(`${label.padEnd(58)} ${text}`)

const call = async (method, url, { body, token, key, headers } = {}) => {
  const {
    statusCode,
    headers: answered,
    body: stream,
  } = await request(url, {
    method,
    dispatcher: agent,
    headers: {
      ...(token ? { authorization: `Token ${Buffer.from(token).toString('base64')}` } : {}),
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await stream.text()
  return { statusCode, headers: answered, text }
}

/** A partner that is a CPO and an eMSP in one, with the least it needs to register. */
const startPeer = (version) => {
  const peer = { ownToken: 'bench-peer-token', server: createServer() }
  const base = `http://127.0.0.1:${PEER_PORT}`
  const credentials = () => ({
    token: peer.ownToken,
    url: `${base}/versions`,
    roles: ['CPO', 'EMSP'].map((role) => ({
      role,
      country_code: 'NL',
      party_id: 'PEE',
      business_details: { name: 'Peer' },
    })),
  })
  const endpoints = [
    { identifier: 'credentials', role: 'SENDER', url: `${base}/credentials` },
    { identifier: 'commands', role: 'RECEIVER', url: `${base}/commands` },
  ]
  const answers = {
    '/versions': [{ version, url: `${base}/details` }],
    '/details': { version, endpoints },
  }
  peer.server.on('request', (message, response) => {
    message.resume()
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        data: answers[message.url] ?? [],
        status_code: 1000,
        timestamp: new Date().toISOString(),
      }),
    )
  })
  peer.credentials = credentials
  return new Promise((resolve) => peer.server.listen(PEER_PORT, '127.0.0.1', () => resolve(peer)))
}

const filler = 'An address line of ordinary length, hours and directions. '.repeat(20)
const seed = async (databaseUrl) => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(
    `insert into objects (kind, country_code, party_id, id, document, last_updated, content_hash, version_in,
       created_seq, changed_seq, changed_xid, changed_at, previous_seq)
     select 'location', 'DE', 'CPO', 'LOC' || n, jsonb_build_object('country_code', 'DE', 'party_id', 'CPO', 'id', 'LOC' || n,
       'publish', true, 'name', 'Station ' || n, 'address', 'Hauptstrasse ' || n, 'city', 'Berlin', 'country', 'DEU',
       'coordinates', jsonb_build_object('latitude', '52.520008', 'longitude', '13.404954'), 'time_zone', 'Europe/Berlin',
       'note', $1::text, 'last_updated', '2026-01-01T00:00:00Z'),
       '2026-01-01', decode(md5(n::text), 'hex'), '2.3.0', n, n, pg_current_xact_id(), now(), 0
     from generate_series(1, ${LOCATIONS}) n`,
    [filler],
  )
  await client.query(
    `insert into objects (kind, country_code, party_id, id, document, last_updated, content_hash, version_in,
       created_seq, changed_seq, changed_xid, changed_at, previous_seq)
     select 'evse', 'DE', 'CPO', 'LOC' || n || '/E' || e, jsonb_build_object('uid', 'E' || e, 'status', 'AVAILABLE',
       'connectors', jsonb_build_array(jsonb_build_object('id', '1', 'standard', 'IEC_62196_T2', 'format', 'SOCKET',
         'power_type', 'AC_3_PHASE', 'max_voltage', 230, 'max_amperage', 32, 'last_updated', '2026-01-01T00:00:00Z')),
       'last_updated', '2026-01-01T00:00:00Z'),
       '2026-01-01', decode(md5(n || '/' || e), 'hex'), '2.3.0', ${LOCATIONS} + n * 3 + e, ${LOCATIONS} + n * 3 + e,
       pg_current_xact_id(), now(), 0
     from generate_series(1, ${LOCATIONS}) n, generate_series(1, 3) e`,
  )
  await client.query(`select setval('change_seq', ${LOCATIONS * 5})`)
  await client.query('vacuum analyze objects')
  await client.end()
}

const startNode = async (databaseUrl) => {
  const begun = performance.now()
  const child = fork(new URL('./support/node-process.js', import.meta.url), {
    execArgv: [
      '--expose-gc',
      ...(process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : []),
    ],
    env: {
      ...process.env,
      PORT: String(PORT),
      PUBLIC_URL: URL_,
      DATABASE_URL: databaseUrl,
      INTERWATT_API_KEY: KEY,
      INTERWATT_SECRET: 'bench-secret-not-secret-0123456789abcdef',
      LOG_LEVEL: 'error',
    },
  })
  for (;;) {
    const answer = await call('GET', `${URL_}/health/ready`).catch(() => undefined)
    if (answer?.statusCode === 200) return { child, startMs: performance.now() - begun }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const stopNode = (child) =>
  new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGTERM')
  })

const memoryOf = (child) =>
  new Promise((resolve) => {
    child.on('message', ({ rss }) => rss && resolve(rss))
    child.send('memory')
  })

const load = async (concurrency, work) => {
  const started = performance.now()
  const end = started + SECONDS * 1000
  const latencies = []
  const loop = async () => {
    while (performance.now() < end) {
      const begun = performance.now()
      await work()
      latencies.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, loop))
  latencies.sort((a, b) => a - b)
  return { perSecond: latencies.length / ((performance.now() - started) / 1000), latencies }
}

const statusUpdates = async (peerToken, databaseUrl, folder) => {
  const HOT = 5000
  const url = (n) => `${URL_}/ocpi/2.3.0/receiver/locations/NL/PEE/HOT${n % 500}/E${Math.floor(n / 500)}`
  const connectors = [
    {
      id: '1',
      standard: 'IEC_62196_T2',
      format: 'SOCKET',
      power_type: 'AC_3_PHASE',
      max_voltage: 230,
      max_amperage: 32,
      last_updated: '2026-01-01T00:00:00Z',
    },
  ]
  const puts = Array.from({ length: 500 }, (_, n) => ({
    country_code: 'NL',
    party_id: 'PEE',
    id: `HOT${n}`,
    publish: true,
    address: 'A',
    city: 'B',
    country: 'NLD',
    time_zone: 'Europe/Amsterdam',
    coordinates: { latitude: '52.520008', longitude: '13.404954' },
    last_updated: '2026-01-01T00:00:00Z',
    evses: Array.from({ length: HOT / 500 }, (_e, e) => ({
      uid: `E${e}`,
      status: 'AVAILABLE',
      connectors,
      last_updated: '2026-01-01T00:00:00Z',
    })),
  }))
  for (const location of puts) {
    const { statusCode, text } = await call(
      'PUT',
      `${URL_}/ocpi/2.3.0/receiver/locations/NL/PEE/${location.id}`,
      { token: peerToken, body: location },
    )
    if (statusCode > 201 || !text.includes('1000')) throw new Error(text)
  }
  let n = 0
  const patch = async () => {
    n += 1
    const body = {
      status: n % 2 === 0 ? 'CHARGING' : 'AVAILABLE',
      last_updated: new Date(Date.now() + n).toISOString(),
      n,
    }
    const { text } = await call('PATCH', url(n % HOT), { token: peerToken, body })
    if (!text.includes('"status_code":1000')) throw new Error(text)
  }
  // wrk costs the machine as little as pgbench does; without it the load comes from this process.
  const lua = join(folder, 'patch.lua')
  await writeFile(
    lua,
    `local n = math.random(1e9)
wrk.method = "PATCH"
wrk.headers["Authorization"] = "Token ${Buffer.from(peerToken).toString('base64')}"
wrk.headers["Content-Type"] = "application/json"
request = function()
  n = n + 1
  local body = '{"status":"' .. (n % 2 == 0 and "CHARGING" or "AVAILABLE") .. '","n":' .. n .. ',"last_updated":"' .. os.date("!%Y-%m-%dT%H:%M:%SZ") .. '"}'
  return wrk.format(nil, "/ocpi/2.3.0/receiver/locations/NL/PEE/HOT" .. (n % 500) .. "/E" .. (math.floor(n / 500) % ${HOT / 500}), nil, body)
end
local bad = 0
response = function(status, headers, body) if not body:find('"status_code":1000') then bad = bad + 1; if bad == 1 then io.stderr:write(body) end end end
`,
  )
  const byWrk = () => {
    const out = spawnSync('wrk', ['-t', '1', '-c', '64', '-d', `${SECONDS}s`, '-s', lua, URL_], {
      encoding: 'utf8',
    })
    if (out.stderr) throw new Error(out.stderr)
    return Number(/Requests\/sec:\s+([\d.]+)/.exec(out.stdout)?.[1])
  }
  const hasWrk = spawnSync('wrk', ['-v']).error === undefined
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
  await pool.query(
    'create table if not exists bench_rows (id integer primary key, document jsonb not null, at timestamptz not null)',
  )
  await pool.query(
    `insert into bench_rows select n, $1::jsonb, now() from generate_series(0, ${HOT - 1}) n on conflict do nothing`,
    [JSON.stringify({ uid: 'E1', status: 'AVAILABLE', connectors })],
  )
  const script = join(folder, 'update.sql')
  await writeFile(
    script,
    `\\set id random(0, ${HOT - 1})\nupdate bench_rows set document = jsonb_set(document, '{status}', to_jsonb(md5(random()::text))), at = now() where id = :id;\n`,
  )
  const results = { node: [], bare: [], pgbench: [] }
  let bareId = 0
  const bareSql = {
    name: 'bare',
    text: "update bench_rows set document = jsonb_set(document, '{status}', to_jsonb($2::text)), at = now() where id = $1",
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    results.node.push(hasWrk ? byWrk() : (await load(64, patch)).perSecond)
    results.bare.push(
      (await load(64, () => pool.query({ ...bareSql, values: [bareId++ % HOT, `S${bareId}`] }))).perSecond,
    )
    const { hostname, searchParams, pathname } = new URL(databaseUrl)
    const out = spawnSync(
      'pgbench',
      [
        '-n',
        '-h',
        searchParams.get('host') ?? hostname,
        '-U',
        new URL(databaseUrl).username,
        '-c',
        '64',
        '-j',
        '2',
        '-T',
        String(SECONDS),
        '-f',
        script,
        pathname.slice(1),
      ],
      { encoding: 'utf8' },
    )
    const tps = /tps = ([\d.]+)/.exec(out.stdout ?? '')
    if (tps) results.pgbench.push(Number(tps[1]))
  }
  await pool.end()
  const node = median(results.node)
  say('status updates accepted over OCPI, 64 at a time', `${node.toFixed(0)}/s`)
  say(
    '  the same row update by a bare pg pool',
    `${median(results.bare).toFixed(0)}/s, ratio ${(node / median(results.bare)).toFixed(2)}`,
  )
  if (results.pgbench.length > 0)
    say(
      '  the same row update by pgbench, 64 clients',
      `${median(results.pgbench).toFixed(0)}/s, ratio ${(node / median(results.pgbench)).toFixed(2)}`,
    )
}

const pages = async (peerToken, databaseUrl) => {
  const LIMIT = 1000
  const list = `${URL_}/ocpi/2.3.0/sender/locations`
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  // As the node has it: a plan for the values at hand, not one for any.
  await client.query('set plan_cache_mode = force_custom_plan')
  const timed = async (work) => {
    const times = []
    let bytes = 0
    for (let round = 0; round < 7; round += 1) {
      const begun = performance.now()
      bytes = await work()
      times.push(performance.now() - begun)
    }
    return { ms: median(times), bytes }
  }
  const page = async (url) => (await call('GET', url, { token: peerToken })).text.length
  let next = `${list}?limit=${LIMIT}`
  let last = next
  let second
  for (;;) {
    const { headers } = await call('GET', next, { token: peerToken })
    last = next
    const link = /<([^>]+)>/.exec(String(headers.link ?? ''))
    if (!link) break
    next = link[1]
    second ??= next
  }
  const first = await timed(() => page(`${list}?limit=${LIMIT}`))
  const middle = await timed(() => page(second))
  const end = await timed(() => page(last))
  const driver = await timed(async () => {
    const { rows } = await client.query({
      name: 'driver',
      text: `select l.document::text as text, (select string_agg(e.document::text, ',') from objects e
               where e.kind = 'evse' and e.country_code = l.country_code and e.party_id = l.party_id and e.id > l.id || '/' and e.id < l.id || '0') as evses
             from objects l where l.kind = 'location' and l.kind <> 'evse' and l.deleted_at is null and l.created_seq > $1
             order by l.created_seq limit ${LIMIT}`,
      values: [LOCATIONS - LIMIT],
    })
    return rows.reduce((sum, row) => sum + row.text.length + row.evses.length, 0)
  })
  await client.end()
  say(
    `page of ${LIMIT} from ${LOCATIONS} locations over OCPI: first, with count`,
    `${first.ms.toFixed(1)} ms (${(first.bytes / 1e6).toFixed(1)} MB)`,
  )
  say('  second', `${middle.ms.toFixed(1)} ms`)
  say('  last', `${end.ms.toFixed(1)} ms, ratio to second ${(end.ms / middle.ms).toFixed(2)}`)
  say(
    '  the driver reading the same text',
    `${driver.ms.toFixed(1)} ms, last page at ${((driver.ms / end.ms) * 100).toFixed(0)} % of it`,
  )
}

const authorizations = async () => {
  const PER_SECOND = 200
  const tokens = 2000
  for (let n = 0; n < tokens; n += 500) {
    const items = Array.from({ length: 500 }, (_, i) => ({
      country_code: 'DE',
      party_id: 'MSP',
      uid: `CARD${n + i}`,
      type: 'RFID',
      contract_id: `DE-MSP-C${n + i}`,
      issuer: 'Bench',
      valid: true,
      whitelist: 'ALLOWED',
    }))
    const { statusCode, text } = await call('POST', `${URL_}/api/v1/tokens/bulk`, { key: KEY, body: items })
    if (statusCode > 299) throw new Error(text)
  }
  return { PER_SECOND, tokens }
}

const askAtRate = async (ask, perSecond) => {
  const latencies = []
  const started = performance.now()
  const pending = []
  for (let n = 0; n < perSecond * 10; n += 1) {
    const due = started + (n * 1000) / perSecond
    const wait = due - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    const begun = performance.now()
    pending.push(ask(n).then(() => latencies.push(performance.now() - begun)))
  }
  await Promise.all(pending)
  latencies.sort((a, b) => a - b)
  return latencies
}

const folder = await mkdtemp(join(tmpdir(), 'interwatt-bench-'))
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
let node
let peer
try {
  await server.createDatabase('bench')
  const databaseUrl = server.url('bench')
  node = await startNode(databaseUrl)
  await call('PUT', `${URL_}/api/v1/parties/DE/CPO`, {
    key: KEY,
    body: { roles: ['CPO'], business_details: { name: 'Bench' } },
  })
  await call('PUT', `${URL_}/api/v1/parties/DE/MSP`, {
    key: KEY,
    body: { roles: ['EMSP'], business_details: { name: 'Bench' } },
  })
  peer = await startPeer('2.3.0')
  const invited = JSON.parse(
    (await call('POST', `${URL_}/api/v1/partners`, { key: KEY, body: { name: 'Peer' } })).text,
  )
  const answer = await call('POST', `${URL_}/ocpi/2.3.0/credentials`, {
    token: invited.token_a,
    body: peer.credentials(),
  })
  const peerToken = JSON.parse(answer.text).data.token
  await seed(databaseUrl)
  await statusUpdates(peerToken, databaseUrl, folder)
  await pages(peerToken, databaseUrl)
  const { PER_SECOND, tokens } = await authorizations()
  // The eMSP side answers its partner from the store; the CPO side decides from a token the partner sent.
  const token = {
    country_code: 'NL',
    party_id: 'PEE',
    type: 'RFID',
    contract_id: 'NL-PEE-C1',
    issuer: 'Peer',
    valid: true,
    whitelist: 'ALLOWED',
    last_updated: '2026-01-01T00:00:00Z',
  }
  for (let n = 0; n < 200; n += 1)
    await call('PUT', `${URL_}/ocpi/2.3.0/receiver/tokens/NL/PEE/PEERCARD${n}`, {
      token: peerToken,
      body: { ...token, uid: `PEERCARD${n}` },
    })
  const answered = await askAtRate(async (n) => {
    const { text } = await call('POST', `${URL_}/ocpi/2.3.0/sender/tokens/CARD${n % tokens}/authorize`, {
      token: peerToken,
    })
    if (!text.includes('ALLOWED')) throw new Error(text)
  }, PER_SECOND)
  say(
    `authorize answered to a partner at ${PER_SECOND}/s`,
    `p50 ${at(answered, 0.5).toFixed(1)} ms, p99 ${at(answered, 0.99).toFixed(1)} ms`,
  )
  const decided = await askAtRate(async (n) => {
    const { text } = await call('POST', `${URL_}/api/v1/authorizations`, {
      key: KEY,
      body: { token_uid: `PEERCARD${n % 200}`, type: 'RFID' },
    })
    if (!text.includes('whitelist_allowed')) throw new Error(text)
  }, PER_SECOND)
  say(
    `authorization decided from the store at ${PER_SECOND}/s`,
    `p50 ${at(decided, 0.5).toFixed(1)} ms, p99 ${at(decided, 0.99).toFixed(1)} ms`,
  )
  say(
    `memory of the node process with ${LOCATIONS} locations`,
    `${((await memoryOf(node.child)) / 1e6).toFixed(0)} MB resident`,
  )
  await stopNode(node.child)
  const starts = []
  for (let round = 0; round < 3; round += 1) {
    node = await startNode(databaseUrl)
    starts.push(node.startMs)
    if (round < 2) await stopNode(node.child)
  }
  say('start to first answer with an existing database', `${(median(starts) / 1000).toFixed(2)} s`)
} finally {
  if (node?.child.exitCode === null) await stopNode(node.child)
  peer?.server.close()
  await agent.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
