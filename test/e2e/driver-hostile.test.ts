import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { location } from '../support/documents.js'
import { type DriverClient, testDriver } from '../support/drivers.js'
import { startTestNode, type TestNode } from '../support/node.js'

/** What a caller of the driver API may not do to others, to the node or with numbers. */
let node: TestNode
let driver: DriverClient

beforeAll(async () => {
  const env = { DRIVER_APP: 'true', DRIVER_DEMO: 'true', DRIVER_CALLS_PER_MINUTE: '1000' }
  node = await startTestNode({ env })
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Drive' } })
  await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Charge' } })
  await node.api('PUT', '/locations/DE/CPO/LOC1', location())
  driver = await testDriver(node)
})
afterAll(() => node?.[Symbol.asyncDispose]())

const NEAR = '/stations?lat=52.5&lon=13.4'
const CONNECTOR = 'country_code=DE&party_id=CPO&location_id=LOC1&evse_uid=E1&connector_id=1'
const NO_UUID = '------------------------------------'
const URN = 'urn:uuid:00000000-0000-4000-8000-000000000000'

describe('input that no schema holds back', () => {
  it.each([
    `${NEAR}&limit=1e400`,
    `${NEAR}&min_kw=1e400`,
    `${NEAR}&energy_kwh=1e400`,
    `${NEAR}&parked_minutes=1e400`,
    `${NEAR}&to_percent=1e400&model=mid-size`,
    '/charges?limit=1e400',
    `/charges?cursor=1.${NO_UUID}`,
    `/reservations/cost?${CONNECTOR}&minutes=1e400`,
  ])('GET %s is a problem document of 400', async (path) => {
    const answer = await driver.call('GET', path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ])
  })

  it('a text that stands for a number is held to its bounds in bodies, too', async () => {
    const [country_code, party_id] = ['DE', 'CPO']
    const connectors = [{ country_code, party_id, location_id: 'LOC1', evse_uid: 'E1', connector_id: '1' }]
    const { status } = await driver.call('POST', '/quotes', { connectors, wish: { parked_minutes: '1e400' } })
    expect(status).toBe(400)
  })

  it.each([
    `/drivers/${URN}`,
    `/drivers?cursor=${URN}`,
    '/drivers?limit=1e400',
    `/problem-reports/${URN}`,
    `/problem-reports?driver_id=${URN}`,
    '/problems?ended_hours=1e400',
  ])('operators get 400 for GET %s', async (path) => {
    expect((await node.api('GET', path)).status).toBe(400)
  })
})
