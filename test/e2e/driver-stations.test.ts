import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evse, location } from '../support/documents.js'
import { driverClient, testDriver } from '../support/drivers.js'
import { eventually } from '../support/node.js'
import { feeTariff, foreignStation, type StationWorld, startStationWorld } from '../support/station-world.js'

type Doc = Record<string, unknown>

let world: StationWorld
// A little ahead of the clock that the partner stamps with.
let nowMs = Date.now() + 60_000
beforeAll(async () => {
  world = await startStationWorld(40, { now: () => nowMs })
})
afterAll(() => world?.[Symbol.asyncDispose]())

const get = async (path: string) => driverClient(world.node).call('GET', path)
const station = async (query = '', id = 'LOC1') => (await get(`/stations/DE/CPO/${id}${query}`)).body as Doc
const evses = (body: Doc) => body.evses as Doc[]
const evseOf = (body: Doc, uid: string) => evses(body).find((one) => one.uid === uid) ?? {}
const connectors = (one: Doc) => one.connectors as Doc[]

describe('a station', () => {
  it('says who runs it, where it is, when it is open and what is there', async () => {
    const body = await station()
    expect(body).toMatchObject({
      country_code: 'DE',
      party_id: 'CPO',
      id: 'LOC1',
      name: 'Depot Süd',
      address: 'Hauptstraße 1',
      lat: 52.520008,
      lon: 13.404954,
      evses: expect.any(Array),
      operator: { name: 'Foreign Charging', website: 'https://foreign.example' },
      directions: 'Behind the station',
      opening: { open_now: expect.any(Boolean), always: false, time_zone: 'Europe/Berlin' },
      facilities: ['CAFE', 'WIFI'],
      help_phone: '+49 30 123456',
      energy_mix: { green: true, sources: [{ source: 'WIND', percent: '100' }] },
      stale: false,
      max_kw: '150',
    })
  })

  it('speaks the language that is asked for', async () => {
    const body = await station('?lang=de')
    expect(body.directions).toBe('Hinter dem Bahnhof')
    const [free] = connectors(evseOf(body, 'E4'))
    expect(free).toMatchObject({
      price: {
        total: null,
        why_none: { text: 'Preis unbekannt: Der Betreiber hat keinen Tarif übermittelt.' },
      },
    })
  })

  it('tells when a status was last known to be so, and since when it is', async () => {
    const e1 = evseOf(await station(), 'E1')
    expect(e1).toMatchObject({ status: 'AVAILABLE', stale: false, physical_reference: 'A 7' })
    expect(Date.parse(String(e1.status_at))).toBeGreaterThanOrEqual(Date.parse(String(e1.status_since)))
  })

  it('doubts that somewhere nobody charges is free for months', async () => {
    expect(evseOf(await station(), 'E3')).toMatchObject({ stale: true, stale_reason: { code: 'old-status' } })
  })

  it('says what can be done with the app, and why the rest cannot', async () => {
    const body = await station()
    expect(evseOf(body, 'E1')).toMatchObject({
      can: { start: { possible: true, reason: null }, reserve: { possible: true } },
      parking: [{ id: 'P1', accessible: true }],
    })
    expect(evseOf(body, 'E2')).toMatchObject({
      can: { start: { possible: false, reason: { code: 'taken' } }, preferences: { possible: true } },
    })
    expect(evseOf(body, 'E3')).toMatchObject({
      can: { start: { possible: false, reason: { code: 'not-remote' } } },
    })
  })

  it('is not known when it is not published, or nowhere', async () => {
    await world.push('locations', '/HIDDEN', location('HIDDEN', { publish: false }))
    for (const id of ['HIDDEN', 'NONE']) {
      const answer = await get(`/stations/DE/CPO/${id}?lang=fr`)
      expect(answer.status).toBe(404)
      expect(answer.body).toMatchObject({
        type: 'urn:interwatt:problem:station-unknown',
        detail: 'Cette station n’est pas connue ici, ou a été retirée.',
      })
    }
  })
})

describe('the price before', () => {
  it('is exact, with taxes, line by line, and by the kWh', async () => {
    const [ac, dc] = connectors(evseOf(await station('?energy_kwh=20'), 'E1'))
    expect(ac).toMatchObject({
      plug: 'type2',
      max_kw: '22.08',
      price: {
        total: { amount: '10.71', currency: 'EUR' },
        taxes_included: true,
        per_kwh: { amount: '0.5355', currency: 'EUR' },
        energy_kwh: '20',
        minutes: 55,
        why_none: null,
        tariff_id: 'AC-DAY',
      },
    })
    expect(dc).toMatchObject({ plug: 'ccs', price: { total: { amount: '14.46', currency: 'EUR' } } })
    const { price } = dc as { price: { lines: Doc[]; explanation: string; tariff_text: string } }
    expect(price.lines.flatMap(({ amount }) => amount ?? [])).toEqual(['€0.42', '€14.04'])
    expect(price.explanation).toContain('€14.46')
    expect(price.tariff_text).toContain('Start fee')
  })

  it('is that of the car: it fits, or it does not', async () => {
    const [ac, dc] = connectors(evseOf(await station('?model=compact&from_percent=20&to_percent=80'), 'E1'))
    expect(ac).toMatchObject({ price: { total: { currency: 'EUR' }, why_none: null } })
    expect(dc).toMatchObject({ price: { why_none: null } })
  })

  it('needs a battery for a target in percent', async () => {
    const [ac] = connectors(evseOf(await station('?to_percent=80'), 'E1'))
    expect(ac).toMatchObject({ price: { total: null, why_none: { code: 'battery-unknown' } } })
  })

  it('changes with the tariff at once', async () => {
    await world.push('tariffs', '/AC-DAY', {
      ...feeTariff('AC-DAY', 0.55, 0),
      last_updated: '2026-03-02T10:00:00.000Z',
    })
    const [ac] = connectors(evseOf(await station('?energy_kwh=20'), 'E1'))
    expect(ac).toMatchObject({ price: { total: { amount: '13.09' } } })
  })

  it.each([
    ['energy_kwh=0', 400],
    ['energy_kwh=abc', 400],
    ['energy_kwh=20&to_percent=80', 400],
    ['from_percent=80&to_percent=20', 400],
    ['start=2020-01-01T00:00:00Z', 400],
    ['start=tomorrow', 400],
    ['model=batmobile', 400],
    ['vehicle_id=mine', 401],
    ['lang=xx', 400],
    ['what=ever', 400],
  ])('%s is answered with %i', async (query, status) => {
    const answer = await get(`/stations/DE/CPO/LOC1?${query}`)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

  it('is kept nowhere once somebody is signed in', async () => {
    const client = await testDriver(world.node)
    const path = '/stations/DE/CPO/LOC1'
    expect((await client.call('GET', path)).headers.get('cache-control')).toBe('no-store')
    expect((await get(path)).headers.get('cache-control')).toBe('no-cache')
  })
})

describe('quotes', () => {
  const at = (evse_uid: string, connector_id: string, location_id = 'LOC1') => ({
    country_code: 'DE',
    party_id: 'CPO',
    location_id,
    evse_uid,
    connector_id,
  })
  const quote = async (body: unknown) => driverClient(world.node).call('POST', '/quotes', body)

  it('come cheapest first, say why others are dearer, and what has no price comes last', async () => {
    const { body } = await quote({
      connectors: [at('E4', '1'), at('E1', '2'), at('e1', '1'), at('GONE', '1')],
      wish: { energy_kwh: 20, lang: 'en' },
    })
    const { items } = body as { items: Doc[] }
    expect(items.map(({ total }) => (total as Doc | null)?.amount ?? null)).toEqual([
      '13.09',
      '14.46',
      null,
      null,
    ])
    expect(items[0]).toMatchObject({ dearer_by: null, range: { low: { amount: '13.09' } } })
    expect(items[1]).toMatchObject({
      dearer_by: { amount: { amount: '1.37' }, text: '€1.37 dearer because of the energy' },
    })
    expect(items[2]).toMatchObject({ why_none: { code: 'no-tariff' } })
    expect(items[3]).toMatchObject({ why_none: { code: 'place-unknown' } })
  })

  it.each([
    ['nothing', {}],
    ['no connector', { connectors: [] }],
    ['a wish nobody has', { connectors: [at('E1', '1')], wish: { energy_kwh: -1 } }],
    ['a text', 'hello'],
  ])('for %s are refused', async (_what, body) => {
    expect((await quote(body)).status).toBe(400)
  })
})

describe('a code', () => {
  const find = (code: string, lang = 'en') =>
    get(`/stations/by-code?lang=${lang}&code=${encodeURIComponent(code)}`)

  it.each([
    ['as printed', 'DE*TST*E1', 'E1'],
    ['without separators, in lower case', 'detste1', 'E1'],
    ['with other separators', 'DE-TST-E4-9', 'E4'],
    ['in an address', 'https://charge.example/start?evse=DE%2ATST%2AE1&lang=de', 'E1'],
    ['in a path', 'https://charge.example/qr/DE*TST*E4*9', 'E4'],
    ['the number on the charger', 'a7', 'E1'],
  ])('%s finds its EVSE', async (_how, code, uid) => {
    const { status, body } = await find(code)
    expect(status).toBe(200)
    expect(body).toMatchObject({ station: { id: 'LOC1', name: 'Depot Süd' }, evse_uid: uid })
  })

  it('of a charger with one connector names that too', async () => {
    expect((await find('DE*TST*E4*9')).body).toMatchObject({ connector_id: '1' })
    expect((await find('DE*TST*E1')).body).toMatchObject({ connector_id: null })
  })

  it('that two chargers have is not guessed', async () => {
    const { status, body } = await find('B')
    expect(status).toBe(409)
    expect(body).toMatchObject({ type: 'urn:interwatt:problem:code-several' })
  })

  it('nobody has is told in words', async () => {
    const { status, body } = await find('DE*XXX*E1', 'nl')
    expect(status).toBe(404)
    expect(body).toMatchObject({
      type: 'urn:interwatt:problem:code-unknown',
      detail: expect.stringContaining('DE*XXX*E1'),
    })
  })

  it.each([[''], ['   '], ['https://'], ['%00'], ["'; drop table objects; --"], ['🔌'.repeat(40)]])(
    '%j is answered with words',
    async (code) => {
      const { status } = await find(code)
      expect([400, 404]).toContain(status)
    },
  )
})

describe('a silent partner', () => {
  it('makes everything of it stale, with the reason, until it is heard again', async () => {
    const before = nowMs
    nowMs += 16 * 60_000
    const silent = await eventually('staleness', async () => {
      const body = await station()
      return body.stale === true ? body : undefined
    })
    expect(silent).toMatchObject({
      stale_reason: { code: 'silent', text: expect.stringContaining('Foreign Charging') },
    })
    expect(evseOf(silent, 'E1')).toMatchObject({ stale: true, status: 'AVAILABLE' })
    expect(Date.parse(String(evseOf(silent, 'E1').status_at))).toBeLessThanOrEqual(before + 60_000)
    await world.push('locations', '/LOC1/E2', evse('E2', { last_updated: new Date(nowMs).toISOString() }))
    expect(await station()).toMatchObject({ stale: false, stale_reason: null })
  })

  it('that is suspended is away, and nothing is started there', async () => {
    await world.push('locations', '/LOC1', foreignStation({ last_updated: new Date(nowMs).toISOString() }))
    await world.node.api('POST', `/partners/${world.cpo.id}/suspend`)
    const body = await station('?lang=de')
    expect(body).toMatchObject({ stale: true, stale_reason: { code: 'partner-away' } })
    expect(evseOf(body, 'E1')).toMatchObject({
      can: { start: { possible: false, reason: { text: expect.stringContaining('antwortet') } } },
    })
    await world.node.api('POST', `/partners/${world.cpo.id}/resume`)
    expect(await station()).toMatchObject({ stale: false })
  })
})
