import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cdr, connector, evse, location, session, tariff, tariff221 } from '../support/documents.js'
import { eventually, startTestNode, type TestNode } from '../support/node.js'

/** Prices, quotes and lints of the operator API, over what is stored and over what is sent along. */
const PAST = '2026-01-01T00:00:00.000Z'
const night = (price: number) => ({
  price_components: [{ type: 'ENERGY', price, vat: 19, step_size: 1 }],
  restrictions: { start_time: '22:00', end_time: '06:00' },
})
const parking = { price_components: [{ type: 'PARKING_TIME', price: 6, vat: 19, step_size: 1 }] }
const dear = tariff('DEAR', { elements: [night(0.3), ...tariff().elements, parking], last_updated: PAST })
const cheap = tariff('CHEAP', { last_updated: PAST })
const other = { ...cheap, id: 'OTHER', currency: 'SEK' }

const at = (uid: string, change: object = {}) => ({
  country_code: 'DE',
  party_id: 'CPO',
  location_id: 'LOC1',
  evse_uid: uid,
  connector_id: '1',
  ...change,
})
/** 23:00 in Berlin. */
const CHARGE = {
  start: '2026-03-02T22:00:00Z',
  energy: { kwh: 22 },
  vehicle: { max_ac_kw: 11 },
  parking_minutes: 30,
}

interface Quoted {
  readonly place: { readonly evse_uid: string } | null
  readonly tariff: { readonly id: string }
  readonly total: { readonly before_taxes: number; readonly after_taxes: number }
  readonly charging_seconds: number
  readonly range: { readonly high: { readonly before_taxes: number } }
  readonly dearer_by: { readonly amount: number } | null
  readonly sentences?: { readonly text: string }
}
interface Quotes {
  readonly quotes: readonly Quoted[]
  readonly refused: readonly { readonly place: { readonly evse_uid: string }; readonly code: string }[]
}

let node: TestNode
const send = async (path: string, body: unknown, status = 200): Promise<unknown> => {
  const answer = await node.api('POST', path, body)
  expect([answer.status, answer.body]).toEqual([status, expect.anything()])
  return answer.body
}
const quotes = async (body: object) => (await send('/quotes', body)) as Quotes

beforeAll(async () => {
  node = await startTestNode()
  await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
  for (const one of [dear, cheap, other]) await node.api('PUT', `/tariffs/DE/CPO/${one.id}`, one)
  const evses = [
    evse('E1', { connectors: [connector('1', { tariff_ids: ['DEAR'], max_amperage: 16 })] }),
    evse('E2', { connectors: [connector('1', { tariff_ids: ['CHEAP'], max_amperage: 16 })] }),
    evse('E3', { connectors: [connector('1', { tariff_ids: ['OTHER'] })] }),
    evse('E4', { connectors: [connector('1', { tariff_ids: ['CHEAP'] })], status: 'REMOVED' }),
    evse('E5', { connectors: [connector('1', { tariff_ids: [] })] }),
    evse('E6', { connectors: [connector('1', { tariff_ids: ['CHEAP'], max_voltage: 0 })] }),
  ]
  const put = await node.api('PUT', '/locations/DE/CPO/LOC1', location('LOC1', { evses, last_updated: PAST }))
  expect(put.status).toBe(201)
})
afterAll(() => node?.[Symbol.asyncDispose]())

describe('quotes', () => {
  it('of known connectors are sorted by price, with the local time and the power that are stored', async () => {
    const { quotes: found, refused } = await quotes({ ...CHARGE, places: [at('E2'), at('E1')] })
    expect(refused).toEqual([])
    expect(found.map(({ place, tariff: { id } }) => [place?.evse_uid, id])).toEqual([
      ['E1', 'DEAR'],
      ['E2', 'CHEAP'],
    ])
    // 22 kWh at 0.30 by night and half an hour at 6.00, which is 9.60; 22 kWh at 0.45 are 9.90.
    expect(found.map(({ total }) => total.before_taxes)).toEqual([9.6, 9.9])
    expect(found.map(({ dearer_by }) => dearer_by?.amount ?? null)).toEqual([null, 0.36])
    expect(found[0]?.charging_seconds).toBe(7200)
  })

  it('say in words and as a range what may come of it', async () => {
    const unknown = { parking_minutes: { from: 0, to: 60 } }
    const { quotes: found } = await quotes({ ...CHARGE, places: [at('E1')], unknown, language: 'de' })
    expect(found[0]?.range.high.before_taxes).toBe(12.6)
    expect(found[0]?.sentences?.text).toMatch(/11,42\s€/)
  })

  it('keep currencies apart, and name places without a price with the reason', async () => {
    const places = ['E1', 'E3', 'E4', 'E5', 'E6', 'E9'].map((uid) => at(uid))
    const { quotes: found, refused } = await quotes({ ...CHARGE, places })
    expect(found.map(({ place }) => place?.evse_uid)).toEqual(['E1', 'E3'])
    expect(found[1]?.dearer_by).toBeNull()
    expect(refused.map(({ place, code }) => [place.evse_uid, code])).toEqual([
      ['E4', 'place-removed'],
      ['E5', 'no-tariff'],
      ['E6', 'power-unknown'],
      ['E9', 'place-unknown'],
    ])
  })

  it('take tariffs of any version that are sent along', async () => {
    const connectorSent = { max_power_kw: 11, power_type: 'AC_3_PHASE' }
    const sent = { ...CHARGE, tariffs: [tariff221('T221')], connector: connectorSent }
    const { quotes: found } = await quotes(sent)
    expect([found[0]?.place, found[0]?.total]).toEqual([null, { before_taxes: 9.9, after_taxes: 11.78 }])
  })

  it('are refused as a whole where no car can do it', async () => {
    const wish = { ...CHARGE, energy: { from_percent: 20, to_percent: 80 }, vehicle: {}, places: [at('E1')] }
    const problem = await send('/quotes', wish, 422)
    expect(problem).toMatchObject({ detail: expect.stringContaining('capacity of the battery') })
  })
})

describe('prices of CDRs', () => {
  it('are recomputed from what is sent along, which is not stored', async () => {
    const right = await send('/prices', { cdr: cdr('PROBE'), language: 'en' })
    expect(right).toMatchObject({
      outcome: 'agrees',
      total: { before_taxes: 9, after_taxes: 10.71 },
      basis: { version: '2.3.0', time_zone: 'Europe/Berlin', policy: {}, tolerance: 1 },
      sentences: { text: expect.stringContaining('€10.71') },
    })
    expect((await node.api('GET', '/cdrs/DE/CPO/PROBE')).status).toBe(404)
  })

  it('go by the tariffs and the policy that are sent along', async () => {
    const dearer = tariff221('AC-DAY', {
      elements: [{ price_components: [{ type: 'ENERGY', price: 1, step_size: 1 }] }],
    })
    const wrong = await send('/prices', { cdr: cdr('PROBE'), tariffs: [dearer] })
    expect(wrong).toMatchObject({
      outcome: 'differs',
      total: { before_taxes: 20 },
      basis: { version: '2.2.1' },
    })
    const policy = { rounding_digits: 0, rounding_mode: 'down' }
    const rounded = await send('/prices', { cdr: cdr('PROBE'), policy })
    expect(rounded).toMatchObject({ total: { before_taxes: 9, after_taxes: 10 }, basis: { policy } })
  })

  it('say what was repaired, and where what cannot be read is wrong', async () => {
    expect(await send('/prices', { cdr: cdr('PROBE', { total_energy: '20' }) })).toMatchObject({
      outcome: 'agrees',
      repaired: [{ pointer: '/cdr/total_energy' }],
    })
    expect(await send('/prices', { cdr: cdr('PROBE', { currency: 7 }) }, 422)).toMatchObject({
      findings: [{ pointer: '/cdr/currency' }],
    })
  })

  it('are null in words where there is none', async () => {
    const unpriced = await send('/prices', { cdr: cdr('PROBE', { tariffs: [] }), language: 'fr' })
    expect(unpriced).toMatchObject({ outcome: 'unpriced', sentences: null })
  })
})

describe('tariffs', () => {
  const broken = tariff('BAD', {
    elements: [{ ...tariff().elements[0], restrictions: { min_kwh: 5, max_kwh: 5 } }],
  })

  it('that are sent along are linted and rehearsed', async () => {
    const linted = await send('/lint', { tariff: broken, rehearse: { old: cheap } })
    expect(linted).toMatchObject({
      errors: 1,
      version: '2.3.0',
      tariffs: [
        {
          pointer: '/tariff',
          findings: expect.arrayContaining([
            expect.objectContaining({
              code: 'restriction-never-holds',
              pointer: '/elements/0/restrictions/max_kwh',
            }),
          ]),
          rehearsal: { time_zone: 'Europe/Berlin', averages: { sessions: 20 } },
        },
      ],
    })
  })

  it('that cannot be read have the findings of their schema', async () => {
    const linted = await send('/lint', { tariffs: [cheap, { ...cheap, currency: 'EURO' }] })
    expect(linted).toMatchObject({
      tariffs: [{ id: 'CHEAP' }, { id: null, findings: [{ severity: 'error', pointer: '/currency' }] }],
    })
  })

  it('that are known are held against laws', async () => {
    const { status, body } = await node.api('GET', '/tariffs/DE/CPO/DEAR/lint?pack=afir&pack=uk&country=fr')
    expect(status).toBe(200)
    expect(body).toMatchObject({ id: 'DEAR', errors: 0 })
    expect(JSON.stringify(body)).toContain('does not hold in FR')
  })

  it('are explained in plain words, and as data', async () => {
    const { body } = await node.api(
      'GET',
      '/tariffs/DE/CPO/DEAR/explanation?language=de&time_zone=Europe/Berlin',
    )
    expect(body).toMatchObject({
      language: 'de',
      text: expect.stringMatching(/Strom: 0,357\s€ pro kWh, von 22:00 bis 06:00 Uhr/),
      statements: expect.arrayContaining([
        expect.objectContaining({ statement: expect.objectContaining({ kind: 'price' }) }),
      ]),
    })
    const english = await node.api('GET', '/tariffs/DE/CPO/DEAR/explanation')
    expect(english.body).toMatchObject({ language: 'en' })
  })
})

describe('what is stored', () => {
  it('is told in words where a language is asked for: sessions', async () => {
    const running = session('S1', { kwh: 20, charging_periods: [], evse_uid: 'E2', last_updated: undefined })
    expect((await node.api('PUT', '/sessions/DE/CPO/S1', running)).status).toBe(201)
    const cost = await eventually('a cost', async () => {
      const { body } = await node.api('GET', '/sessions/DE/CPO/S1/cost?language=nl')
      return (body as { outcome: string }).outcome === 'priced' ? body : undefined
    })
    expect(cost).toMatchObject({ sentences: { language: 'nl', text: expect.stringContaining('20 kWh') } })
    expect((await node.api('GET', '/sessions/DE/CPO/S1/cost')).body).not.toHaveProperty('sentences')
  })

  it('is told in words where a language is asked for: CDRs', async () => {
    const place = { ...cdr().cdr_location, evse_uid: 'E3' }
    await node.api('PUT', '/cdrs/DE/CPO/CDR1', cdr('CDR1', { cdr_location: place }))
    await node.api('POST', '/cdrs/DE/CPO/CDR1/check')
    const { body } = await node.api('GET', '/cdrs/DE/CPO/CDR1/check?language=fr')
    expect(body).toMatchObject({ outcome: 'agrees', sentences: { total: expect.stringMatching(/10,71\s€/) } })
  })
})
