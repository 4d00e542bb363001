import { afterEach, expect, test } from 'vitest'
import { createOcpiClient } from './create-client.js'
import type { OcpiClientOptions } from './options.js'
import type { ClientPartner } from './ports.js'
import { reply, startStubPartner, success } from './testing/stub-partner.js'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const start = async (
  answer: Parameters<typeof startStubPartner>[0],
  logger?: NonNullable<OcpiClientOptions['logger']>,
) => {
  const stub = await startStubPartner(answer)
  const client = createOcpiClient({ allowPrivateAddresses: true, ...(logger && { logger }) })
  closing.push(
    () => client.close(),
    () => stub.close(),
  )
  const partner: ClientPartner = {
    id: 'p1',
    version: '2.2.1',
    token: 'example-token',
    tokenEncoding: null,
    endpoints: [{ module: 'tokens', side: 'RECEIVER', url: `${stub.url}/tokens` }],
  }
  return { stub, client, partner }
}

const token = { country_code: 'NL', party_id: 'ALF', token_uid: 'A1' }

test('TRN-135 what waits for a connection when its time is over was not sent, and never is', async () => {
  const held: (() => void)[] = []
  let released = false
  const { stub, client, partner } = await start((_request, response) => {
    if (released) reply(response, success())
    else held.push(() => reply(response, success()))
  })
  const get = (timeoutMs: number) =>
    client.call(partner, 'tokens.receiver.get', { params: token }, { timeoutMs })
  const busy = Array.from({ length: 16 }, () => get(30_000))
  // It ends although every connection stays taken.
  expect(await get(100)).toMatchObject({ kind: 'outage', sent: false })
  await expect.poll(() => held.length).toBe(16)
  released = true
  for (const release of held) release()
  expect((await Promise.all(busy)).every((outcome) => outcome.kind === 'ok')).toBe(true)
  expect((await get(30_000)).kind).toBe('ok')
  expect(stub.received).toHaveLength(17)
})

test('one signal calls off all requests that share it, and those that come later', async () => {
  const { client, partner } = await start(() => undefined)
  const controller = new AbortController()
  const { signal } = controller
  const get = () => client.call(partner, 'tokens.receiver.get', { params: token }, { signal })
  const all = Array.from({ length: 20 }, get)
  setTimeout(() => controller.abort(), 50)
  for (const outcome of await Promise.all(all))
    expect(outcome).toMatchObject({ kind: 'outage', message: 'the request was called off' })
  expect(await get()).toMatchObject({ kind: 'outage', sent: false, message: 'the request was called off' })
})

test('an answer may be announced before it comes, but not turned into something that is no HTTP', async () => {
  const { client, partner } = await start((request, response) => {
    if (request.url.includes('early')) {
      response.writeEarlyHints({ link: '</a>; rel=next' })
      reply(response, success('late'))
    } else
      response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n')
  })
  const url = partner.endpoints[0]?.url ?? ''
  expect(await client.get(partner, `${url}/early`)).toMatchObject({
    kind: 'ok',
    data: 'late',
    next: undefined,
  })
  expect(await client.get(partner, `${url}/odd`)).toMatchObject({ kind: 'outage', sent: true })
})

test('an answer in many pieces is read as one text', async () => {
  const { client, partner } = await start((_request, response) => {
    const bytes = Buffer.from(JSON.stringify(success('Straße 🔌'.repeat(50))))
    response.writeHead(200)
    const write = (from: number): void => {
      if (from >= bytes.length) response.end()
      else response.write(bytes.subarray(from, from + 7), () => setImmediate(write, from + 7))
    }
    write(0)
  })
  expect(await client.call(partner, 'tokens.receiver.get', { params: token })).toMatchObject({
    kind: 'ok',
    data: 'Straße 🔌'.repeat(50),
  })
})

test('a logger that throws ends one call and nothing else', async () => {
  let calls = 0
  const attempt = () => {
    calls += 1
    if (calls === 1) throw new Error('no disk')
  }
  const { client, partner } = await start((_request, response) => reply(response, success()), {
    attempt,
  })
  await expect(client.call(partner, 'tokens.receiver.get', { params: token })).rejects.toThrow('no disk')
  expect((await client.call(partner, 'tokens.receiver.get', { params: token })).kind).toBe('ok')
})
