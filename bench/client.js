/**
 * What the OCPI client costs: PUT of a ready text of 4 KB to a partner in another process, as a share of bare undici
 * requests with the same number of connections. Run after `npx tsc -b packages/client`: `node bench/client.js`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Pool } from 'undici'
import { createOcpiClient } from '../packages/client/dist/index.js'
import { authorizationHeader } from '../packages/protocol/dist/index.js'

const ROUND_MS = 1500
const ROUNDS = 3
const CONCURRENCY = 50
const CONNECTIONS = 16
const TOKEN = 'bench-token'

const bodyText = JSON.stringify({ uid: 'U1', last_updated: '2026-01-31T12:00:00Z', filler: 'x'.repeat(4000) })
const params = { country_code: 'DE', party_id: 'IWC', token_uid: 'U1' }

/** In the other process: a partner that agrees to everything. */
const serve = () => {
  const answer = JSON.stringify({ status_code: 1000, timestamp: '2026-01-31T12:00:00Z' })
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
      response.end(answer)
    })
  })
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
}

const round = async (send) => {
  let count = 0
  const endAt = performance.now() + ROUND_MS
  const work = async () => {
    while (performance.now() < endAt) {
      await send()
      count += 1
    }
  }
  const before = process.cpuUsage()
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  const { user, system } = process.cpuUsage(before)
  return { perSecond: count / (ROUND_MS / 1000), cpuMicros: (user + system) / count }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

const main = async () => {
  const child = fork(new URL(import.meta.url), ['serve'])
  const [port] = await once(child, 'message')
  const origin = `http://127.0.0.1:${port}`
  const pool = new Pool(origin, { connections: CONNECTIONS })
  const client = createOcpiClient({ allowPrivateAddresses: true })
  const partner = {
    id: 'p',
    version: '2.2.1',
    token: TOKEN,
    tokenEncoding: 'base64',
    endpoints: [{ module: 'tokens', side: 'RECEIVER', url: `${origin}/tokens` }],
  }
  const from = { countryCode: 'DE', partyId: 'IWC' }
  const to = { countryCode: 'NL', partyId: 'ALF' }
  const headers = { authorization: authorizationHeader(TOKEN, 'base64'), 'content-type': 'application/json' }
  const senders = {
    'bare undici': async () => {
      const response = await pool.request({
        method: 'PUT',
        path: '/tokens/DE/IWC/U1',
        headers,
        body: bodyText,
      })
      JSON.parse(await response.body.text())
    },
    'OCPI client': async () => {
      const outcome = await client.call(partner, 'tokens.receiver.put', { params, bodyText }, { from, to })
      if (outcome.kind !== 'ok') throw new Error(outcome.kind)
    },
  }
  const results = Object.fromEntries(Object.keys(senders).map((name) => [name, []]))
  for (const send of Object.values(senders)) await round(send)
  for (let index = 0; index < ROUNDS; index += 1) {
    for (const [name, send] of Object.entries(senders)) results[name].push(await round(send))
  }
  await pool.close()
  await client.close()
  child.kill()
  const medianOf = (name, field) => median(results[name].map((each) => each[field]))
  const bare = medianOf('bare undici', 'cpuMicros')
  console.log(
    `PUT of ${bodyText.length} bytes, ${CONCURRENCY} at a time on ${CONNECTIONS} connections, median of ${ROUNDS} rounds`,
  )
  for (const name of Object.keys(results)) {
    const cpuMicros = medianOf(name, 'cpuMicros')
    const rate = medianOf(name, 'perSecond').toFixed(0).padStart(7)
    const times = (cpuMicros / bare).toFixed(1)
    console.log(
      `${name.padEnd(16)} ${rate}/s  ${cpuMicros.toFixed(0).padStart(5)} us of CPU each  ${times} x bare`,
    )
  }
}

if (process.argv[2] === 'serve') serve()
else await main()
