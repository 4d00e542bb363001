import { compare, decimal, multiply } from '@interwatt/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cdr221, connector, evse, location, tariff, tariff221 } from '../support/documents.js'
import { ForeignParty } from '../support/foreign-party.js'
import { startTestNode, type TestNode } from '../support/node.js'

/** What a tariff was at another time, and which tariffs are there at the same time. */
const at = (day: number, hour = 10): string =>
  new Date(Date.UTC(2026, 2, day, hour)).toISOString().replace('.000Z', 'Z')

const energyAt = (price: number) => ({
  elements: [{ price_components: [{ type: 'ENERGY', price, vat: 19, step_size: 1 }] }],
})

interface State {
  readonly last_updated: string
  readonly replaced_at: string | null
  readonly deleted_at: string | null
  readonly received_from: string | null
  readonly changed_seq: number
  readonly document: ReturnType<typeof tariff>
}
interface States {
  readonly items: readonly State[]
  readonly next: number | null
}

const priceOf = (state: State | undefined) => state?.document.elements[0]?.price_components[0]?.price

describe('a received tariff that was replaced and deleted (TAR-004)', () => {
  let node: TestNode
  let cpo: ForeignParty
  const states = async (query = '', id = 'AC-DAY') =>
    await node.api('GET', `/tariffs/DE/CPO/${id}/states${query}`)
  const statesOf = async (query = '') => (await states(query)).body as States

  beforeAll(async () => {
    node = await startTestNode()
    await node.api('PUT', '/parties/DE/MSP', { roles: ['EMSP'], business_details: { name: 'Node' } })
    const endpoints = [{ identifier: 'tokens', role: 'RECEIVER' } as const]
    const party = { country_code: 'DE', party_id: 'CPO' }
    cpo = await ForeignParty.start({ version: '2.2.1', role: 'CPO', party, endpoints })
    const { body } = await node.api('POST', '/partners', { name: 'Foreign CPO' })
    const { versions_url, token_a } = body as { versions_url: string; token_a: string }
    await cpo.register(versions_url, token_a)
    const url = cpo.at('tariffs', 'RECEIVER', '/DE/CPO/AC-DAY')
    await cpo.send('PUT', url, { body: tariff221('AC-DAY', { ...energyAt(0.4), last_updated: at(1) }) })
    const { tariffs: _none, ...withoutTariffs } = cdr221('CDR1', {
      start_date_time: at(2),
      end_date_time: at(2, 11),
      total_energy: 20,
      total_cost: { excl_vat: 8, incl_vat: 9.52 },
    })
    await cpo.send('POST', cpo.at('cdrs', 'RECEIVER', ''), { body: withoutTariffs })
    await cpo.send('PUT', url, { body: tariff221('AC-DAY', { ...energyAt(0.6), last_updated: at(3) }) })
    await cpo.send('DELETE', url)
  })
  afterAll(async () => {
    await cpo?.[Symbol.asyncDispose]()
    await node?.[Symbol.asyncDispose]()
  })

  it('still verifies a CDR from before the change', async () => {
    const { body } = await node.api('GET', '/cdrs/DE/CPO/CDR1')
    const cdr = body as {
      start_date_time: string
      total_energy: number
      total_cost: { before_taxes: number }
    }
    const { items } = await statesOf(`?at=${encodeURIComponent(cdr.start_date_time)}`)
    expect(items).toHaveLength(1)
    const cost = multiply(decimal(priceOf(items[0]) ?? 0), decimal(cdr.total_energy))
    expect(compare(cost, decimal(cdr.total_cost.before_taxes))).toBe(0)
  })

  it('shows every state it had, the newest first', async () => {
    const { items, next } = await statesOf()
    expect(items.map((state) => [priceOf(state), state.deleted_at !== null])).toEqual([
      [0.6, true],
      [0.6, false],
      [0.4, false],
    ])
    expect(items[2]).toMatchObject({
      last_updated: '2026-03-01T10:00:00.000Z',
      replaced_at: expect.stringMatching(/^20/),
      received_from: expect.any(String),
      version_in: '2.2.1',
    })
    expect(next).toBeNull()
  })

  it('shows its states page by page and in the version asked for', async () => {
    const first = await statesOf('?limit=2&version=2.2.1')
    expect(first.items).toHaveLength(2)
    expect(first.items[0]?.document).not.toHaveProperty('tax_included')
    const second = await statesOf(`?limit=2&before=${first.next}`)
    expect(second.items.map(priceOf)).toEqual([0.4])
    expect(second.next).toBeNull()
  })

  it('has no state before its first, and an unknown tariff has none', async () => {
    expect((await states(`?at=${at(1, 9)}`)).status).toBe(404)
    expect((await states('', 'NEVER')).status).toBe(404)
    expect((await states('?at=yesterday')).status).toBe(400)
  })
})

describe('own tariffs of one type at the same time on a connector (LOC-129, TAR-048)', () => {
  let node: TestNode
  const own = (change: object = {}) => ({ country_code: 'DE', party_id: 'CPO', ...change })
  const put = (path: string, body: unknown) => node.api('PUT', path, body)
  const findings = async () => {
    const { body } = await node.api('GET', '/parties/DE/CPO/findings')
    return (body as { items: { id: string; pointer: string; rule: string; message: string }[] }).items
  }
  const listing = (...tariff_ids: string[]) => evse('E1', { connectors: [connector('1', { tariff_ids })] })

  beforeAll(async () => {
    node = await startTestNode()
    await put('/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    await put('/tariffs/DE/CPO/DAY', tariff('DAY', own()))
    await put('/tariffs/DE/CPO/DAY2', tariff('DAY2', own()))
    await put('/tariffs/DE/CPO/ADHOC', tariff('ADHOC', own({ type: 'AD_HOC_PAYMENT' })))
  })
  afterAll(() => node?.[Symbol.asyncDispose]())

  it('are stored and flagged in the answer to the write, with what to do', async () => {
    const location1 = location('LOC1', { evses: [listing('DAY', 'DAY2', 'ADHOC'), evse('E2')] })
    const { status, body } = await put('/locations/DE/CPO/LOC1', location1)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      created: true,
      findings: [
        {
          pointer: '/evses/0/connectors/0/tariff_ids',
          rule: 'LOC-129',
          severity: 'warning',
          message: expect.stringContaining('DAY and DAY2, both of type REGULAR and valid at all times'),
        },
      ],
    })
    const whole = await put('/locations/DE/CPO/LOC1/evses/E1', listing('day', 'DAY2'))
    expect(whole.body).toMatchObject({ findings: [{ pointer: '/connectors/0/tariff_ids' }] })
    const part = await put(
      '/locations/DE/CPO/LOC1/evses/E1/connectors/1',
      connector('1', { tariff_ids: ['DAY2', 'DAY'] }),
    )
    expect(part.body).toMatchObject({ findings: [{ rule: 'LOC-129' }] })
  })

  it('are listed for the party, also when a tariff changed later', async () => {
    expect(await findings()).toMatchObject([
      { kind: 'evse', country_code: 'DE', party_id: 'CPO', id: 'LOC1/E1', rule: 'LOC-129' },
    ])
    await put('/tariffs/DE/CPO/DAY', tariff('DAY', own({ end_date_time: at(10) })))
    await put('/tariffs/DE/CPO/DAY2', tariff('DAY2', own({ start_date_time: at(10) })))
    expect(await findings()).toEqual([])
    await put('/tariffs/DE/CPO/DAY2', tariff('DAY2', own({ start_date_time: at(9) })))
    expect(await findings()).toHaveLength(1)
  })

  it('are no longer flagged once the connector lists one of each type', async () => {
    const { body } = await put('/locations/DE/CPO/LOC1/evses/E1', listing('DAY', 'ADHOC'))
    expect(body).not.toHaveProperty('findings')
    expect(await findings()).toEqual([])
  })

  it('cannot be asked for a party that is not hosted here', async () => {
    expect((await node.api('GET', '/parties/NL/EXA/findings')).status).toBe(404)
  })
})
