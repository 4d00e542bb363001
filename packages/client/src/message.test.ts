import { afterEach, expect, test } from 'vitest'
import { createOcpiClient } from './create-client.js'
import type { ClientMessage } from './message.js'
import type { ClientPartner } from './ports.js'
import { reply, startStubPartner, success } from './testing/stub-partner.js'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const start = async (answer: Parameters<typeof startStubPartner>[0]) => {
  const stub = await startStubPartner(answer)
  const messages: ClientMessage[] = []
  const client = createOcpiClient({
    allowPrivateAddresses: true,
    onMessage: (message) => void messages.push(message),
  })
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
  return { stub, client, partner, messages }
}

const params = { country_code: 'NL', party_id: 'ALF', token_uid: 'A' }
const putToken = { params, body: { uid: 'A' } }

test('an attempt is told whole: operation, what was sent, what came back', async () => {
  const { stub, client, partner, messages } = await start((_request, response) => reply(response, success()))
  await client.call(partner, 'tokens.receiver.put', putToken, { correlationId: 'c-1' })
  expect(messages).toMatchObject([
    {
      partnerId: 'p1',
      operation: 'tokens.receiver.put',
      version: '2.2.1',
      params,
      method: 'PUT',
      origin: stub.url,
      path: '/tokens/NL/ALF/A',
      requestText: '{"uid":"A"}',
      answer: { httpStatus: 200, text: JSON.stringify(success()) },
      failure: undefined,
      attempt: 1,
      correlationId: 'c-1',
      requestId: stub.received[0]?.headers['x-request-id'],
    },
  ])
})

test('every attempt of a request has its number', async () => {
  const { client, partner, messages } = await start(({ headers }, response) =>
    reply(response, success(), { status: headers.authorization?.endsWith('=') ? 401 : 200 }),
  )
  await client.call(partner, 'tokens.receiver.put', putToken)
  expect(messages.map(({ attempt, answer }) => [attempt, answer?.httpStatus])).toEqual([
    [1, 401],
    [2, 200],
  ])
})

test('an answer that does not come in time is told as such, a broken connection is not', async () => {
  const { stub, client, partner, messages } = await start(() => undefined)
  await client.call(partner, 'tokens.receiver.put', putToken, { timeoutMs: 150 })
  expect(messages[0]).toMatchObject({ answer: undefined, failure: { timedOut: true } })
  await stub.close()
  await client.call({ ...partner, id: 'p2' }, 'tokens.receiver.put', putToken)
  expect(messages.slice(1).map(({ attempt, failure }) => [attempt, failure?.timedOut])).toEqual([
    [1, false],
    [2, false],
  ])
})

test('a request is repeated as it was, and only to hosts that are named', async () => {
  const { stub, client, partner } = await start((_request, response) => reply(response, success()))
  const { host } = new URL(stub.url)
  const request = { method: 'PATCH', url: `${stub.url}/tokens/NL/ALF/A%2FB?x=1`, text: '{ "a":1}' } as const
  const context = { version: '2.2.1', allowedHosts: [host] } as const
  expect(await client.repeat(partner, request, context)).toMatchObject({ kind: 'ok', statusCode: 1000 })
  expect(stub.received).toMatchObject([
    { method: 'PATCH', url: '/tokens/NL/ALF/A%2FB?x=1', body: '{ "a":1}' },
  ])
  const elsewhere = { version: '2.2.1', allowedHosts: ['other.example'] } as const
  expect(await client.repeat(partner, request, elsewhere)).toMatchObject({ kind: 'forbidden_address' })
  expect(stub.received).toHaveLength(1)
})
