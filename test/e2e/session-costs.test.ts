import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Connected, codes, connect } from '../support/connect.js'
import { location, session221, tariff221 } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'
import { readEvent } from '../support/read-events.js'

/** Running sessions are priced with every update, by what is stored beside them. */
interface Cost {
  readonly outcome: 'priced' | 'unpriced'
  readonly reason: { readonly code: string; readonly message: string } | null
  readonly basis: string
  readonly kwh: number
  readonly currency: string
  readonly total: { readonly before_taxes?: number; readonly after_taxes?: number }
  readonly lines: readonly { readonly type: string; readonly billed?: number }[]
  readonly stated: object | null
  readonly tariff_ids: readonly string[]
}

const BEFORE = '2026-02-01T00:00:00Z'
const CPO = { country_code: 'DE', party_id: 'CPO' }

describe('a session of a foreign CPO', () => {
  let node: TestNode
  let cpo: Connected
  const put = async (module: string, path: string, body: unknown, method: 'PUT' | 'PATCH' = 'PUT') =>
    codes(await cpo.party.send(method, cpo.party.at(module, 'RECEIVER', `/DE/CPO${path}`), { body }))
  const costOf = async (id: string): Promise<Cost> =>
    (await node.api('GET', `/sessions/DE/CPO/${id}/cost`)).body as Cost

  beforeAll(async () => {
    node = await startTestNode()
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
    cpo = await connect(node, {
      version: '2.2.1',
      role: 'CPO',
      party: CPO,
      endpoints: [{ identifier: 'tokens', role: 'RECEIVER' }],
    })
    await put('locations', '/LOC1', location('LOC1', { last_updated: BEFORE }))
    await put('tariffs', '/AC-DAY', tariff221('AC-DAY', { last_updated: BEFORE }))
  })
  afterAll(async () => {
    await cpo?.party[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('has a cost as soon as it is told of, line by line', async () => {
    expect(await put('sessions', '/S1', session221('S1', { kwh: 8 }))).toEqual([201, 1000])
    const cost = await costOf('S1')
    expect([cost.outcome, cost.reason, cost.tariff_ids]).toEqual(['priced', null, ['AC-DAY']])
    expect(cost.lines.find(({ type }) => type === 'ENERGY')?.billed).toBe(8)
    expect(cost.total.before_taxes).toBeGreaterThan(0)
  })

  it('costs more with every update, which is told as an event', async () => {
    const before = await costOf('S1')
    await put('sessions', '/S1', { kwh: 12, last_updated: '2026-03-02T11:00:00Z' }, 'PATCH')
    const after = await eventually('a higher cost', async () => {
      const cost = await costOf('S1')
      return cost.kwh === 12 ? cost : undefined
    })
    expect(after.total.before_taxes).toBeGreaterThan(before.total.before_taxes ?? 0)
    const event = await readEvent(node, 'session.priced', (line) => line.includes('"kwh":12'))
    expect(event).toContain(`"before_taxes":${after.total.before_taxes}`)
    expect(event).toContain('"outcome":"priced"')
  })

  it('is told once while it stays the same', async () => {
    const { events, sessionCosts } = node.node.stores
    const key = { kind: 'session', countryCode: 'DE', partyId: 'CPO', id: 'S1' } as const
    const before = await sessionCosts.get(key)
    await put('sessions', '/S1', { meter_id: 'M7', last_updated: '2026-03-02T11:00:00Z' }, 'PATCH')
    await eventually('the cost of the update', async () => {
      const now = await sessionCosts.get(key)
      return now?.changedSeq === before?.changedSeq ? undefined : true
    })
    const feed = await events.feed({ after: 0, limit: 1000, types: ['session.priced'] })
    const told = feed.filter(({ subject }) => subject === 'DE*CPO/S1')
    expect(told.filter(({ data }) => (data as { kwh: number }).kwh === 12).length).toBe(1)
  })

  it('has none at a place nobody knows, and the answer says why', async () => {
    await put('sessions', '/S2', session221('S2', { location_id: 'NOWHERE', charging_periods: [] }))
    const cost = await costOf('S2')
    expect([cost.outcome, cost.reason?.code]).toEqual(['unpriced', 'no-tariff'])
    expect(cost.reason?.message).toBe('the connector of the session is not known here')
  })

  it('is priced by the policy agreed with its partner', async () => {
    await put('sessions', '/S3', session221('S3', { kwh: 8.123 }))
    const agreed = { policy: { rounding_digits: 0 } }
    expect((await node.api('PUT', `/partners/${cpo.id}/pricing`, agreed)).status).toBe(200)
    await put('sessions', '/S3', { kwh: 8.124, last_updated: '2026-03-02T11:30:00Z' }, 'PATCH')
    const cost = await eventually('the cost of the update', async () => {
      const now = await costOf('S3')
      return now.kwh === 8.124 ? now : undefined
    })
    expect(Number.isInteger(cost.total.before_taxes)).toBe(true)
  })

  it('that began before its tariff was told is priced by the first that was', async () => {
    await put('tariffs', '/LATER', tariff221('LATER', { last_updated: '2026-04-01T00:00:00Z' }))
    const period = {
      start_date_time: '2026-03-01T10:00:00Z',
      dimensions: [{ type: 'ENERGY', volume: 2 }],
      tariff_id: 'LATER',
    }
    await put('sessions', '/S4', session221('S4', { kwh: 2, charging_periods: [period] }))
    const cost = await costOf('S4')
    expect([cost.outcome, cost.tariff_ids]).toEqual(['priced', ['LATER']])
  })

  it('that is not there is 404', async () => {
    expect((await node.api('GET', '/sessions/DE/CPO/NONE/cost')).status).toBe(404)
  })
})
