import { afterAll, beforeAll, expect, it } from 'vitest'
import { driverClient, testDriver } from '../support/drivers.js'
import { startTestNode, type TestNode } from '../support/node.js'

let node: TestNode
let nowMs = Date.parse('2026-03-01T10:00:00Z')

beforeAll(async () => {
  const env = {
    DRIVER_APP: 'true',
    DRIVER_DEMO: 'true',
    DRIVER_CALLS_PER_MINUTE: '20',
    DRIVER_DEMO_SPEED: '60',
    SUPPORT_PHONE: '+49 30 1234',
  }
  node = await startTestNode({ env, now: () => nowMs })
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Drive' } })
})
afterAll(() => node[Symbol.asyncDispose]())

it('one address may call so often in a minute; then it is told how long to wait, and drivers go on', async () => {
  const driver = await testDriver(node)
  const stranger = driverClient(node)
  const statuses = []
  for (let count = 0; count < 20; count += 1) statuses.push((await stranger.call('GET', '/app')).status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(19)
  const refused = await stranger.call('GET', '/app')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await driver.call('GET', '/account')).status).toBe(200)
  nowMs += 60_000
  expect((await stranger.call('GET', '/app')).status).toBe(200)
})

it('a node without a mail server says so, and offers no codes', async () => {
  const client = driverClient(node)
  const { body: app } = await client.call('GET', '/app')
  expect(app).toMatchObject({
    sign_in: { code: false, passkey: false, demo: true },
    demo: { speed: 60 },
    currency: 'EUR',
    map: { style: null },
    support: { email: null, phone: '+49 30 1234' },
  })
  const answer = await client.call('POST', '/sign-in/code', { email: 'robin@example.com' })
  expect(answer.body).toMatchObject({ status: 503, type: 'urn:interwatt:problem:no-mail' })
  const asked = await client.call('POST', '/sign-in/passkey/options')
  expect(asked.body).toMatchObject({ status: 503, type: 'urn:interwatt:problem:no-passkeys' })
})

it('what is for one driver is kept nowhere', async () => {
  const driver = await testDriver(node)
  for (const path of ['/account', '/vehicles', '/cards', '/problems', '/account/passkeys', '/account/export'])
    expect([path, (await driver.call('GET', path)).headers.get('cache-control')]).toEqual([path, 'no-store'])
})
