import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, FULL_TOKEN, startTestServer, type TestServer } from './testing/test-server.js'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('messages', () => {
  const last = () => server.messages.at(-1)

  it('are told whole: caller, place, both bodies and what deviated', async () => {
    const body = JSON.stringify({ last_updated: '2026-03-01T10:00:00', status: 'CHARGING' })
    const path = '/ocpi/2.2.1/receiver/locations/NL/ALF/LOC1/E1/?x=y'
    await ask(server, { method: 'PATCH', path, body, headers: { 'x-correlation-id': 'c1' } })
    expect(last()).toMatchObject({
      caller: { partnerName: 'One' },
      version: '2.2.1',
      module: 'locations',
      side: 'RECEIVER',
      params: { country_code: 'NL', party_id: 'ALF', location_id: 'LOC1', evse_uid: 'E1' },
      queryText: 'x=y',
      requestText: body,
      json: { status: 'CHARGING' },
      httpStatus: 200,
      statusCode: 1000,
      correlationId: 'c1',
    })
    expect(last()?.findings.map(({ rule }) => rule)).toEqual(['TRN-027', 'TYP-022'])
    expect(String(last()?.responseBody)).toContain('"status_code":1000')
  })

  it('tell a refused body and why it was refused', async () => {
    await ask(server, { method: 'PUT', path: '/ocpi/2.2.1/receiver/locations/NL/ALF/LOC1', body: '{"id":7}' })
    expect(last()).toMatchObject({ requestText: '{"id":7}', statusCode: 2001 })
    expect(last()?.findings.some(({ severity }) => severity === 'error')).toBe(true)
    await ask(server, { method: 'PUT', path: '/ocpi/2.2.1/receiver/locations/NL/ALF/LOC1', body: '{"id":' })
    expect(last()).toMatchObject({ requestText: '{"id":', json: undefined, httpStatus: 400 })
  })

  it('hide the secret at the end of a response_url, also from somebody who was not let in (promise 5)', async () => {
    const path = '/ocpi/2.2.1/sender/commands/START_SESSION/the-secret'
    for (const token of ['nobody', null, FULL_TOKEN]) {
      await ask(server, { method: 'POST', path, body: '{"result":"ACCEPTED"}', token })
      expect(last()).toMatchObject({ path: '/ocpi/2.2.1/sender/commands/START_SESSION/[hidden]' })
      expect(last()).toMatchObject({ module: 'commands', version: '2.2.1' })
    }
    await ask(server, { method: 'GET', path, token: 'nobody' })
    expect(last()?.path).not.toContain('the-secret')
  })
})
