/**
 * What the request pipeline costs: PUT of a Location of 4 KB through authentication, validation, lift and envelope, as
 * a share of a bare node:http server that parses the same body. The load comes from another process.
 * Run after `npx tsc -b packages/server`: `node bench/server.js`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fastify } from 'fastify'
import { Pool } from 'undici'
import { authorizationHeader, versions } from '../packages/protocol/dist/index.js'
import { ocpiFastifyOptions, registerOcpi } from '../packages/server/dist/index.js'

const ROUND_MS = 1500
const ROUNDS = 3
const CONCURRENCY = 50
const TOKEN = 'bench-token'
const PATH = '/ocpi/2.2.1/receiver/locations/DE/IWC/LOC1'

const evse = (index) => ({
  uid: `EVSE-${index}`,
  evse_id: `DE*IWC*E${index}`,
  status: 'AVAILABLE',
  capabilities: ['RFID_READER', 'REMOTE_START_STOP_CAPABLE', 'RESERVABLE'],
  connectors: [1, 2].map((id) => ({
    id: String(id),
    standard: 'IEC_62196_T2_COMBO',
    format: 'CABLE',
    power_type: 'DC',
    max_voltage: 920,
    max_amperage: 400,
    tariff_ids: ['T1', 'T2'],
    last_updated: '2026-01-31T12:00:00Z',
  })),
  coordinates: { latitude: '52.520008', longitude: '13.404954' },
  last_updated: '2026-01-31T12:00:00Z',
})

const body = JSON.stringify({
  country_code: 'DE',
  party_id: 'IWC',
  id: 'LOC1',
  publish: true,
  name: 'Car park at the square',
  address: 'Alexanderstrasse 7',
  city: 'Berlin',
  country: 'DEU',
  coordinates: { latitude: '52.520008', longitude: '13.404954' },
  time_zone: 'Europe/Berlin',
  evses: Array.from({ length: 6 }, (_, index) => evse(index)),
  last_updated: '2026-01-31T12:00:00Z',
})

/** In the other process: as many PUTs as fit into a round. */
const load = async (origin) => {
  const pool = new Pool(origin, { connections: CONCURRENCY })
  const headers = { authorization: authorizationHeader(TOKEN, 'base64'), 'content-type': 'application/json' }
  let count = 0
  const endAt = performance.now() + ROUND_MS
  const work = async () => {
    while (performance.now() < endAt) {
      const response = await pool.request({ method: 'PUT', path: PATH, headers, body })
      const text = await response.body.text()
      if (!text.includes('"status_code":1000')) throw new Error(text)
      count += 1
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  await pool.close()
  process.send(count / (ROUND_MS / 1000))
}

const startBare = async () => {
  const answer = JSON.stringify({ status_code: 1000, timestamp: '2026-01-31T12:00:00Z' })
  const server = createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString())
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
      response.end(answer)
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: server.address().port, close: () => server.close() }
}

const startOcpi = async () => {
  const app = fastify(ocpiFastifyOptions())
  const endpoints = versions.flatMap((version) => version.modules.flatMap((module) => module.endpoints))
  const handlers = Object.fromEntries(
    endpoints.map(({ operation }) => [operation, async () => ({ kind: 'data' })]),
  )
  const caller = {
    partnerId: 'p',
    partnerName: 'P',
    access: 'full',
    version: '2.2.1',
    roles: [],
    isHub: false,
    token: TOKEN,
  }
  registerOcpi(app, {
    handlers,
    publicUrl: 'https://node.example',
    authenticate: async (candidates) => (candidates.includes(TOKEN) ? caller : undefined),
    offers: () => true,
    onFindings: () => undefined,
    onExchange: () => undefined,
    onError: (error) => console.error(error),
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { port: app.server.address().port, close: () => app.close() }
}

const measure = async (port) => {
  const child = fork(new URL(import.meta.url), ['load', `http://127.0.0.1:${port}`])
  // CPU time of this process tells the cost also when other work on the machine slows the load down.
  const before = process.cpuUsage()
  const [perSecond] = await once(child, 'message')
  const { user, system } = process.cpuUsage(before)
  return { perSecond, cpuMicros: (user + system) / (perSecond * (ROUND_MS / 1000)) }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

if (process.argv[2] === 'load') {
  await load(process.argv[3])
} else {
  const servers = { 'bare node:http': await startBare(), 'OCPI pipeline': await startOcpi() }
  const results = Object.fromEntries(Object.keys(servers).map((name) => [name, []]))
  for (const { port } of Object.values(servers)) await measure(port)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, { port }] of Object.entries(servers)) results[name].push(await measure(port))
  }
  for (const { close } of Object.values(servers)) await close()
  const medianOf = (name, field) => median(results[name].map((each) => each[field]))
  const bare = medianOf('bare node:http', 'cpuMicros')
  console.log(`PUT of ${Buffer.byteLength(body)} bytes, ${CONCURRENCY} at a time, median of ${ROUNDS} rounds`)
  for (const name of Object.keys(results)) {
    const cpuMicros = medianOf(name, 'cpuMicros')
    const rate = medianOf(name, 'perSecond').toFixed(0).padStart(7)
    const times = (cpuMicros / bare).toFixed(1)
    console.log(
      `${name.padEnd(16)} ${rate}/s  ${cpuMicros.toFixed(0).padStart(5)} us of CPU each  ${times} x bare`,
    )
  }
}
