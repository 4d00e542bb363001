import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { location } from '../support/documents.js'
import { type DriverClient, testDriver } from '../support/drivers.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

let node: TestNode
let driver: DriverClient
let nowMs = Date.parse('2026-03-01T10:00:00Z')

beforeAll(async () => {
  node = await startTestNode({ env: { DRIVER_APP: 'true', DRIVER_DEMO: 'true' }, now: () => nowMs })
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Drive' } })
  await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Charge' } })
  await node.api('PUT', '/locations/DE/CPO/LOC1', location())
  driver = await testDriver(node)
})
afterAll(() => node[Symbol.asyncDispose]())

const station = { country_code: 'DE', party_id: 'CPO', location_id: 'LOC1' }

const idOf = (body: unknown): string => String((body as { id: unknown }).id)

describe('problem reports', () => {
  it('are made with a place or a charge or neither, and told in the feed without what was written', async () => {
    const placed = await driver.call('POST', '/problems', {
      ...{ kind: 'station_broken', text: 'Der Stecker ist nass.\nSehr nass.', station, evse_uid: 'E1' },
    })
    expect(placed.status).toBe(201)
    expect(placed.body).toMatchObject({
      state: 'open',
      station,
      evse_uid: 'E1',
      charge_id: null,
      answer: null,
    })
    nowMs += 1000
    const started = await driver.call('POST', '/charges', { ...station, evse_uid: 'E1', connector_id: '1' })
    const charge_id = idOf(started.body)
    const report = { kind: 'wrong_price', text: 'Zu teuer' }
    const charged = await driver.call('POST', '/problems', { ...report, charge_id })
    expect(charged.body).toMatchObject({ station: null, charge_id })
    const others = await driver.call('POST', '/problems', { ...report, charge_id: randomUUID() })
    expect([others.status, (others.body as { title: string }).title]).toEqual([422, 'No such charge'])
    const { body } = await driver.call('GET', '/problems')
    expect(body).toMatchObject({ items: [{ kind: 'wrong_price' }, { kind: 'station_broken' }] })
    const events = await eventually('both in the feed', async () => {
      const found = await node.node.stores.events.feed({
        after: 0,
        limit: 100,
        types: ['problem_report.created'],
      })
      return found.length === 2 ? found : undefined
    })
    expect(events[0]?.data).toMatchObject({ kind: 'station_broken', place: { ...station, evse_uid: 'E1' } })
    expect(JSON.stringify(events)).not.toContain('nass')
  })

  it('are answered by an operator, which the driver sees', async () => {
    nowMs += 1000
    const { body: made } = await driver.call('POST', '/problems', { kind: 'app', text: 'Wo ist mein Beleg?' })
    const path = `/problem-reports/${idOf(made)}`
    expect((await node.api('PATCH', path, { state: 'answered' })).status).toBe(422)
    const answered = await node.api('PATCH', path, { answer: 'Unter Verlauf.\nGrüße' })
    expect(answered.body).toMatchObject({
      state: 'answered',
      driver: { name: 'Robin Test' },
      answered_by: expect.any(String),
    })
    expect((await driver.call('GET', '/problems')).body).toMatchObject({
      items: [
        { state: 'answered', answer: 'Unter Verlauf.\nGrüße', answered_at: expect.any(String) },
        {},
        {},
      ],
    })
    expect((await node.api('PATCH', path, { state: 'closed' })).body).toMatchObject({
      state: 'closed',
      answer: 'Unter Verlauf.\nGrüße',
    })
    const closed = await node.api('GET', '/problem-reports?state=closed')
    expect(closed.body).toMatchObject({ items: [{ id: idOf(made) }], next: null })
    const page = await node.api('GET', '/problem-reports?limit=1')
    const { next } = page.body as { next: string }
    expect((await node.api('GET', `/problem-reports?limit=1&cursor=${next}`)).body).toMatchObject({
      items: [{ kind: 'wrong_price' }],
    })
  })

  it.each([
    [400, { kind: 'other' }],
    [400, { kind: 'nonsense', text: 'x' }],
    [400, { kind: 'other', text: '   ' }],
    [400, { kind: 'other', text: 'a\u0000b' }],
    [400, { kind: 'other', text: 'x'.repeat(1001) }],
    [400, { kind: 'other', text: `${'a '.repeat(200_000)}\u0001` }],
    [400, { kind: 'other', text: 'x', state: 'closed' }],
    [400, { kind: 'other', text: 'x', evse_uid: 'E1' }],
    [400, { kind: 'other', text: 'x', station: { country_code: 'DE' } }],
    [422, { kind: 'other', text: 'x', station: { ...station, location_id: 'NOWHERE' } }],
    [422, { kind: 'other', text: 'x', station, evse_uid: 'E99' }],
  ])('are refused with %i when they are wrong', async (status, body) => {
    expect((await driver.call('POST', '/problems', body)).status).toBe(status)
  })

  it.each([
    ['GET', '/problem-reports?state=lost', 400, undefined],
    ['GET', '/problem-reports/1', 400, undefined],
    ['GET', '/problem-reports/6f1f8a2e-6c0f-4f0e-9a52-0d9a3f1f7a99', 404, undefined],
    ['PATCH', '/problem-reports/6f1f8a2e-6c0f-4f0e-9a52-0d9a3f1f7a99', 404, { state: 'closed' }],
  ] as const)('%s %s is %i for an operator', async (method, path, status, body) => {
    expect((await node.api(method, path, body)).status).toBe(status)
  })

  it('are thirty in an hour at most', async () => {
    nowMs += 3_600_000
    const statuses = []
    for (let count = 0; count < 31; count += 1)
      statuses.push((await driver.call('POST', '/problems', { kind: 'other', text: 'x' })).status)
    expect(statuses.slice(29)).toEqual([201, 429])
  })
})
