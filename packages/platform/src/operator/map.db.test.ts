import { afterAll, beforeAll, expect, test } from 'vitest'
import { ccs, evseRow, stationRow } from '../stations/testing/rows.js'
import { inMemoryServices } from './testing/in-memory-services.js'
import { stationsInMemory } from './testing/in-memory-stations.js'
import { type OperatorServer, operatorServer } from './testing/operator-server.js'

let server: OperatorServer
const stations = stationsInMemory([
  stationRow('alone', {
    latitude: '48.1372',
    longitude: '11.5756',
    receivedFrom: 'p1',
    evses: [evseRow({ connectors: ccs(11_500) })],
  }),
  stationRow('a'),
  stationRow('b', { latitude: '52.5201', evses: [evseRow({ status: 'CHARGING' }), evseRow()] }),
  stationRow('nowhere', { latitude: 'north' }),
])

beforeAll(async () => {
  server = await operatorServer({ ...inMemoryServices(), stations })
  await stations.filled(5_000)
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await stations[Symbol.asyncDispose]()
})

const GERMANY = 'west=5&south=47&east=16&north=55'
const get = (query: string): Promise<Response> => server.call('GET', `/api/v1/locations/map?${query}`)

test('a map has clusters and stations of the box, with their counts', async () => {
  const answer = await get(`${GERMANY}&zoom=6`)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(await answer.json()).toEqual({
    seq: 1,
    complete: true,
    unchanged: false,
    total: 3,
    bounds: { west: 11.5756, south: 48.1372, east: 13.405, north: 52.5201 },
    clusters: [{ lat: 52.52005, lon: 13.405, stations: 2, evses: 3, free: 2, expand_zoom: 14 }],
    stations: [
      {
        country_code: 'DE',
        party_id: 'ABC',
        id: 'alone',
        name: 'Station alone',
        operator: 'Stromwerk Berlin',
        lat: 48.1372,
        lon: 11.5756,
        evses: 1,
        free: 1,
        taken: 0,
        broken: 0,
        max_kw: '11.5',
        status_at: '2026-01-01T00:00:00.000Z',
        received_from: 'p1',
      },
    ],
    known: { stations: 3, evses: 4, without_place: 1 },
  })
})

test.each([
  ['plug=ccs', ['alone']],
  ['plug=ccs&plug=type2&min_kw=20', ['a', 'b']],
  ['own=true', ['a', 'b']],
  ['received_from=p1', ['alone']],
  ['party=DE-ABC&payment=app&free=true&open=true&publish=true&operator=BERLIN', ['alone', 'a', 'b']],
  ['accessible=true', []],
])('filters by %s', async (filters, ids) => {
  const { stations: found } = (await (await get(`${GERMANY}&zoom=16&${filters}`)).json()) as {
    stations: { id: string }[]
  }
  expect(found.map(({ id }) => id)).toEqual(ids)
})

test('asked for what changed after its last answer, a map that still holds says only that', async () => {
  expect(await (await get(`${GERMANY}&zoom=6&changed_after=1`)).json()).toEqual({
    seq: 1,
    complete: true,
    unchanged: true,
  })
  expect(await (await get(`${GERMANY}&zoom=6&changed_after=0`)).json()).toMatchObject({
    unchanged: false,
    total: 3,
  })
})

test.each([
  'west=5&south=47&east=16&zoom=6',
  'west=5&south=55&east=16&north=47&zoom=6',
  'west=x&south=47&east=16&north=55&zoom=6',
  'west=5&south=91&east=16&north=95&zoom=6',
  `${GERMANY}&zoom=99`,
  `${GERMANY}&zoom=1e400`,
  'west=-1e400&south=47&east=16&north=55&zoom=6',
  `${GERMANY}&zoom=6&plug=hose`,
  `${GERMANY}&zoom=6&min_kw=-1`,
  `${GERMANY}&zoom=6&min_kw=1e400`,
  `${GERMANY}&zoom=6&payment=cash`,
  `${GERMANY}&zoom=6&unknown=1`,
  `${GERMANY}&zoom=6&changed_after=-1`,
])('what is no map is refused: %s', async (query) => {
  const answer = await get(query)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    400,
    'application/problem+json; charset=utf-8',
  ])
})

test('a map of a node that has just started says that it does not know all yet', async () => {
  const asleep = stationsInMemory([stationRow('a')])
  const other = await operatorServer({ ...inMemoryServices(), stations: asleep })
  const answer = await other.call('GET', `/api/v1/locations/map?${GERMANY}&zoom=6`)
  expect(await answer.json()).toMatchObject({ complete: false, seq: 0 })
  await other[Symbol.asyncDispose]()
  await asleep[Symbol.asyncDispose]()
})

test('a map needs a key', async () => {
  expect((await fetch(`${server.url}/api/v1/locations/map?${GERMANY}&zoom=6`)).status).toBe(401)
})
