import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Box, isWithin, readBox } from './box.js'
import { stationsNear } from './near.js'
import { DEGREE, distanceM } from './place.js'
import { StationTable } from './station-table.js'
import { stationRow } from './testing/rows.js'
import { viewportOf } from './viewport.js'

const areaOf = (box: Box) => {
  const read = readBox(box)
  if (read.kind === 'wrong') throw new Error(read.why)
  return read.area
}

type Spot = readonly [lat: number, lon: number]

const tableOf = (spots: readonly Spot[]): StationTable => {
  const table = new StationTable()
  for (const [index, [lat, lon]] of spots.entries())
    table.put(stationRow(`s${index}`, { latitude: lat.toFixed(7), longitude: lon.toFixed(7) }))
  return table
}

const look = (table: StationTable, box: Box, zoom: number) =>
  viewportOf(table, { area: areaOf(box), zoom, filters: {}, nowMs: 0 })

const world: Box = { west: -180, south: -90, east: 180, north: 90 }
const berlin: Box = { west: 13.3, south: 52.45, east: 13.5, north: 52.6 }

const spot = fc.tuple(
  fc.double({ min: -89, max: 89, noNaN: true }),
  fc.double({ min: -180, max: 180, noNaN: true }),
)
const box = fc
  .tuple(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true }), spot)
  .map(
    ([a, b, [, west]]): Box => ({
      west,
      south: Math.min(a, b),
      east: west + Math.abs(a - b) * 2,
      north: Math.max(a, b),
    }),
  )

test('every station of the box is in the answer once, alone or in a cluster, and none from outside', () => {
  fc.assert(
    fc.property(
      fc.array(spot, { maxLength: 80 }),
      box,
      fc.double({ min: 0, max: 20, noNaN: true }),
      (spots, where, zoom) => {
        const { clusters, stations, total } = look(tableOf(spots), where, zoom)
        const area = areaOf(where)
        const places = spots.map(([lat, lon]) => ({
          lat: Math.round(Number(lat.toFixed(7)) * DEGREE),
          lon: Math.round(Number(lon.toFixed(7)) * DEGREE),
        }))
        const inside = places.filter(
          (place) => isWithin(area, place) && (place.lat !== 0 || place.lon !== 0),
        ).length
        expect(total).toBe(inside)
        expect(clusters.reduce((sum, one) => sum + one.stations, 0) + stations.length).toBe(inside)
        expect(clusters.every((one) => one.stations > 1 && one.evses === one.stations)).toBe(true)
        for (const { expandZoom } of clusters) expect(expandZoom).toBeGreaterThan(zoom - 1)
      },
    ),
    { numRuns: 150 },
  )
})

test('an answer has at most 500 features, however many stations there are', () => {
  const spots = Array.from(
    { length: 40_000 },
    (_, n): Spot => [((n * 37) % 17_000) / 100 - 85, ((n * 101) % 36_000) / 100 - 180],
  )
  const table = tableOf(spots)
  for (const zoom of [0, 3, 7, 14, 20]) {
    const { clusters, stations, total } = look(table, world, zoom)
    expect(total).toBe(40_000)
    expect(clusters.length + stations.length).toBeLessThanOrEqual(500)
    expect(clusters.length).toBeGreaterThan(20)
  }
})

test('clusters stay where they are when the map is moved a little', () => {
  const table = tableOf(
    Array.from({ length: 200 }, (_, n): Spot => [52.5 + (n % 20) / 400, 13.35 + Math.floor(n / 20) / 100]),
  )
  const places = (shift: number) =>
    look(table, { ...berlin, west: berlin.west - shift, east: berlin.east + shift }, 10).clusters.map(
      ({ latitude, longitude, stations }) => `${latitude} ${longitude} ${stations}`,
    )
  expect(places(0).length).toBeGreaterThan(1)
  expect(new Set(places(0.05))).toEqual(new Set(places(0)))
})

test('a cluster falls apart at the zoom it names, and not before', () => {
  const table = tableOf([
    [52.52, 13.405],
    [52.521, 13.405],
  ])
  const [cluster] = look(table, berlin, 8).clusters
  const zoom = cluster?.expandZoom ?? 0
  expect(look(table, berlin, zoom).stations).toHaveLength(2)
  expect(look(table, berlin, zoom - 1).clusters).toHaveLength(1)
})

test('stations at one place stand alone when the map is near enough', () => {
  const table = tableOf([
    [52.52, 13.405],
    [52.52, 13.405],
  ])
  expect(look(table, berlin, 8).clusters[0]?.expandZoom).toBe(14)
  expect(look(table, berlin, 14).stations).toHaveLength(2)
})

test('stations on both sides of the antimeridian are found together', () => {
  const table = tableOf([
    [10, 179.9],
    [10, -179.9],
    [10, 0],
  ])
  expect(look(table, { west: 179, south: 0, east: -179, north: 20 }, 9).total).toBe(2)
  expect(look(table, { west: 179, south: 0, east: 181, north: 20 }, 9).stations).toHaveLength(2)
})

test('near goes through all stations by distance, page after page, as looking at each would', () => {
  fc.assert(
    fc.property(
      fc.array(spot, { minLength: 1, maxLength: 60 }),
      spot,
      fc.integer({ min: 1, max: 25 }),
      (spots, [lat, lon], limit) => {
        const table = tableOf(spots)
        const place = { lat: Math.round(lat * DEGREE), lon: Math.round(lon * DEGREE) }
        const found: number[] = []
        for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
          const query = { place, filters: {}, limit, nowMs: 0 }
          const page = stationsNear(table, cursor === undefined ? query : { ...query, cursor })
          found.push(...(page?.stations ?? []).map((station) => station.distanceM))
          cursor = page?.next
        }
        const { lat: lats, lon: lons } = table.columns
        const expected = Array.from({ length: table.size }, (_, slot) =>
          distanceM(place, { lat: lats[slot] ?? 0, lon: lons[slot] ?? 0 }),
        )
        expect(found).toEqual(expected.sort((a, b) => a - b))
      },
    ),
    { numRuns: 100 },
  )
})

test('near leaves out what is too far, and knows a cursor that is none of its own', () => {
  const table = tableOf([
    [52.52, 13.405],
    [52.53, 13.405],
    [48.1, 11.5],
  ])
  const query = { place: { lat: 525_200_000, lon: 134_050_000 }, filters: {}, limit: 10, nowMs: 0 }
  expect(stationsNear(table, { ...query, mostM: 5_000 })?.stations.map(({ id }) => id)).toEqual(['s0', 's1'])
  expect(Math.round(stationsNear(table, query)?.stations[1]?.distanceM ?? 0)).toBe(1_112)
  expect(stationsNear(table, { ...query, cursor: 'nonsense' })).toBeUndefined()
})
