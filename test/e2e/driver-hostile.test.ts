import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evse, location } from '../support/documents.js'
import { type DriverClient, driverClient, testDriver } from '../support/drivers.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** What a caller of the driver API may not do to others, to the node or with numbers. */
let node: TestNode
let driver: DriverClient

beforeAll(async () => {
  const env = { DRIVER_APP: 'true', DRIVER_DEMO: 'true', DRIVER_CALLS_PER_MINUTE: '1000' }
  node = await startTestNode({ env })
  await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Drive' } })
  await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Charge' } })
  await node.api('PUT', '/locations/DE/CPO/LOC1', location())
  await node.api(
    'PUT',
    '/locations/DE/CPO/HIDDEN',
    location('HIDDEN', { publish: false, evses: [evse('H1')] }),
  )
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

describe('event streams', () => {
  it('are bounded for each network, and room is made when one ends', async () => {
    const stranger = driverClient(node)
    const streams = await Promise.all(Array.from({ length: 100 }, () => stranger.open('/events')))
    expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]))
    const refused = await stranger.call('GET', '/events')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30'])
    await streams[0]?.body?.cancel()
    const last = await eventually('room for one more', async () => {
      const answer = await stranger.open('/events')
      if (answer.status === 200) return answer
      await answer.body?.cancel()
      return undefined
    })
    await Promise.all([...streams.slice(1), last].map(({ body }) => body?.cancel()))
  })

  it('do not tell of a station that is not published, whoever knows its name', async () => {
    const address = '/events?station=DE*CPO*HIDDEN&station=DE*CPO*LOC1'
    const stream = await eventually('a place for a stream', async () => {
      const answer = await driverClient(node).open(address)
      return answer.status === 200 ? answer : undefined
    })
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = (await reader?.read())?.value ?? ''
    await node.api('PATCH', '/locations/DE/CPO/HIDDEN/evses/H1', { status: 'CHARGING' })
    await node.api('PATCH', '/locations/DE/CPO/LOC1/evses/E1', { status: 'CHARGING' })
    while (!text.includes('"LOC1"')) text += (await reader?.read())?.value ?? ''
    await reader?.cancel()
    expect(text).not.toContain('HIDDEN')
  })
})
