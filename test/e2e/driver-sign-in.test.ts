import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { driverClient, testDriver } from '../support/drivers.js'
import { startTestNode, type TestNode } from '../support/node.js'

let node: TestNode
beforeAll(async () => {
  node = await startTestNode({ env: { DRIVER_APP: 'true', DRIVER_DEMO: 'true' } })
})
afterAll(() => node[Symbol.asyncDispose]())

const host = (party: string, name: string) =>
  node.api('PUT', `/parties/${party}`, { roles: ['EMSP'], business_details: { name } })

describe('the driver API', () => {
  it('says that there is no provider while the node hosts no eMSP', async () => {
    const answer = await driverClient(node).call('GET', '/app')
    expect(answer.status).toBe(503)
    expect(answer.body).toMatchObject({ type: 'urn:interwatt:problem:no-provider' })
  })

  it('says whose app it is', async () => {
    await host('DE/MSP', 'Drive Away')
    const { body } = await driverClient(node).call('GET', '/app')
    expect(body).toMatchObject({
      party: { country_code: 'DE', party_id: 'MSP', name: 'Drive Away' },
      languages: ['en', 'de', 'fr', 'nl'],
      sign_in: { demo: true },
    })
  })

  it('asks for a sign-in, by a type that the app can tell from other problems', async () => {
    const answer = await driverClient(node).call('GET', '/account')
    expect(answer.status).toBe(401)
    expect(answer.body).toMatchObject({ type: 'urn:interwatt:problem:sign-in-needed' })
  })

  it('makes one test driver with an app token and a card that partners learn of', async () => {
    const [first, second] = [await testDriver(node), await testDriver(node)]
    const { body: account } = await first.call('GET', '/account')
    expect((await second.call('GET', '/account')).body).toEqual(account)
    const { contract_id } = account as { contract_id: string }
    const { body: tokens } = await node.api('GET', '/tokens')
    expect((tokens as { items: unknown[] }).items).toMatchObject([
      { contract_id, type: 'APP_USER', valid: true, issuer: 'Drive Away' },
      { contract_id, type: 'RFID', valid: true, issuer: 'Drive Away' },
    ])
  })

  it('keeps the cookie from scripts and other sites', async () => {
    const answer = await driverClient(node).call('POST', '/sign-in/demo', {})
    expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict/)
  })

  it('ends the sign-in at sign-out', async () => {
    const client = await testDriver(node)
    expect((await client.call('DELETE', '/sign-in')).status).toBe(204)
    expect((await client.call('GET', '/account')).status).toBe(401)
  })

  it('refuses writes that a page of another site could send', async () => {
    const answer = await driverClient(node).call('POST', '/sign-in/demo', {}, {})
    expect(answer.status).toBe(403)
  })

  it.each([
    ['POST', '/nothing', 404],
    ['PUT', '/app', 405],
    ['POST', '/sign-in/demo', 400],
  ])('%s %s with wrong input is a problem document', async (method, path, status) => {
    const answer = await driverClient(node).call(method, path, { language: 'xx' })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

  it('describes itself: every call with a name, a summary, its problem, and whether it needs a sign-in', async () => {
    const { body } = await driverClient(node).call('GET', '/openapi.json')
    const { paths } = body as { paths: Record<string, Record<string, Record<string, unknown>>> }
    const calls = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        call: `${method.toUpperCase()} ${path}`,
        operation,
      })),
    )
    const names = calls.map(({ operation }) => operation.operationId)
    expect(new Set(names).size).toBe(names.length)
    for (const { call, operation } of calls)
      expect([call, operation]).toEqual([
        call,
        expect.objectContaining({
          summary: expect.any(String),
          responses: expect.objectContaining({ default: expect.anything() }),
        }),
      ])
    const isOpen = (wanted: string) => calls.find(({ call }) => call === wanted)?.operation.security
    expect(isOpen('GET /driver/v1/vehicle-models')).toEqual([])
    expect(isOpen('GET /driver/v1/account')).toBeUndefined()
    const guide = readFileSync(new URL('../../docs/driver-api.md', import.meta.url), 'utf8')
    const told = [...guide.matchAll(/`(GET|PUT|POST|PATCH|DELETE) (\/[^\s`?]+)/g)].map(
      ([, method, path]) => `${method} /driver/v1${path}`,
    )
    expect(told.length).toBeGreaterThan(20)
    expect(told.filter((call) => !calls.some((known) => known.call === call))).toEqual([])
  })
})
