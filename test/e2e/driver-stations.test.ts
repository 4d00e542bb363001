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
    const { status, body } = await find('DE*NOP*E1', 'nl')
    expect(status).toBe(404)
    expect(body).toMatchObject({
      type: 'urn:interwatt:problem:code-unknown',
      detail: expect.stringContaining('DE*NOP*E1'),
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

describe('the list', () => {
  const CENTRE = 'lat=52.52&lon=13.405'
  const list = async (query: string) =>
    (await get(`/stations?${CENTRE}&${query}`)).body as { items: Doc[]; next: string | null }
  const distances = (items: readonly Doc[]) => items.map(({ distance_m }) => Number(distance_m))

  it('begins with the nearest, with the price of its cheapest connector', async () => {
    const { items } = await list('limit=50&energy_kwh=20')
    expect(items[0]).toMatchObject({
      id: 'LOC1',
      distance_m: 3,
      evses: 4,
      free: 3,
      taken: 1,
      max_kw: '150',
      connector: { plug: 'type2' },
      price: { total: { amount: '13.09', currency: 'EUR' }, per_kwh: { amount: '0.6545' } },
    })
    expect(items.length).toBeGreaterThan(20)
    expect(distances(items)).toEqual(distances(items).toSorted((a, b) => a - b))
  })

  it('goes on where it ended, with nothing twice', async () => {
    const first = await list('limit=10')
    const second = await list(`limit=10&cursor=${first.next}`)
    const ids = [...first.items, ...second.items].map(({ id }) => id)
    expect(new Set(ids).size).toBe(20)
  })

  it('has only what is asked for', async () => {
    expect((await list('plug=ccs&min_kw=100')).items.map(({ id }) => id)).toContain('LOC1')
    const [best] = (await list('plug=ccs&min_kw=100&energy_kwh=20&operator=foreign')).items
    expect(best).toMatchObject({ connector: { plug: 'ccs' }, price: { total: { amount: '14.46' } } })
    expect((await list('plug=pantograph')).items).toEqual([])
    expect((await list('accessible=true')).items.map(({ id }) => id)).toEqual(['LOC1'])
  })

  it('sorted by price has the cheapest first, and the dear ones left out on demand', async () => {
    const { items } = await list('sort=price&limit=50&energy_kwh=20')
    const totals = items.map(({ price }) => Number(((price as Doc).total as Doc).amount))
    expect(totals).toEqual(totals.toSorted((a, b) => a - b))
    expect(totals[0]).toBe(10.12)
    const cheap = await list('max_price=0.6&energy_kwh=20&limit=50')
    expect(cheap.items.length).toBeGreaterThan(10)
    expect(cheap.items.map(({ id }) => id)).not.toContain('LOC1')
    expect((await list('max_price=0.6&currency=CHF')).items).toEqual([])
  })

  it.each([
    ['lat=91&lon=13'],
    ['lat=52'],
    ['lat=52&lon=13&limit=51'],
    ['lat=52&lon=13&cursor=nonsense'],
    ['lat=52&lon=13&sort=price&cursor=nonsense'],
    ['lat=52&lon=13&sort=colour'],
    ['lat=52&lon=13&plug=banana'],
    ['lat=52&lon=13&max_price=cheap'],
  ])('%s is refused with words', async (query) => {
    expect((await get(`/stations?${query}`)).status).toBe(400)
  })
})

describe('the map', () => {
  const BOX = 'west=13.0&south=52.3&east=13.8&north=52.7'
  const map = async (query: string) =>
    (await get(`/stations/map?${BOX}&${query}`)).body as {
      clusters: { stations: number; free: number }[]
      stations: Doc[]
      complete: boolean
    }
  const counted = ({ clusters, stations }: Awaited<ReturnType<typeof map>>) =>
    clusters.reduce((sum, cluster) => sum + cluster.stations, stations.length)

  it('has all stations of a box, in clusters when they lie close together', async () => {
    const [far, near] = [await map('zoom=6'), await map('zoom=17')]
    expect(far.complete).toBe(true)
    expect(far.clusters.length).toBeGreaterThan(0)
    expect(counted(far)).toBe(counted(near))
    expect(counted(far)).toBe(41)
    expect(near.stations.find(({ id }) => id === 'LOC1')).toMatchObject({ free: 3, taken: 1, stale: false })
  })

  it('leaves out what is not asked for, by price too', async () => {
    expect(counted(await map('zoom=17&operator=foreign'))).toBe(1)
    expect(counted(await map('zoom=17&max_price=0.6'))).toBe(40)
    expect(counted(await map('zoom=17&max_price=0.1'))).toBe(0)
  })

  it.each([['zoom=99'], ['zoom=10&plug=banana']])('with %s is refused', async (query) => {
    expect((await get(`/stations/map?${BOX}&${query}`)).status).toBe(400)
  })

  it('of nowhere is refused', async () => {
    expect((await get('/stations/map?zoom=3')).status).toBe(400)
  })
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
