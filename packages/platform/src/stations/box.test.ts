import { expect, test } from 'vitest'
import { isWithin, readBox } from './box.js'
import { DEGREE, readPlace } from './place.js'

const within = (box: Parameters<typeof readBox>[0], lat: number, lon: number): boolean => {
  const read = readBox(box)
  if (read.kind === 'wrong') throw new Error(read.why)
  return isWithin(read.area, { lat: lat * DEGREE, lon: lon * DEGREE })
}

test.each([
  [
    'a plain box',
    { west: 10, south: 50, east: 15, north: 55 },
    [
      [52, 12, true],
      [52, 9, false],
      [56, 12, false],
    ],
  ],
  [
    'a box over the antimeridian',
    { west: 170, south: -10, east: -170, north: 10 },
    [
      [0, 175, true],
      [0, -175, true],
      [0, 0, false],
    ],
  ],
  [
    'the same as maps that go round write it',
    { west: 170, south: -10, east: 190, north: 10 },
    [
      [0, 175, true],
      [0, -175, true],
      [0, 160, false],
    ],
  ],
  [
    'a box one turn further',
    { west: 370, south: 50, east: 375, north: 55 },
    [
      [52, 12, true],
      [52, 16, false],
    ],
  ],
  [
    'more than the whole world',
    { west: -500, south: -200, east: 500, north: 200 },
    [
      [-89, -179, true],
      [89, 180, true],
    ],
  ],
  [
    'its edges',
    { west: 10, south: 50, east: 15, north: 55 },
    [
      [50, 10, true],
      [55, 15, true],
    ],
  ],
] as const)('%s holds what lies in it', (_name, box, places) => {
  for (const [lat, lon, expected] of places) expect(within(box, lat, lon)).toBe(expected)
})

test.each([
  { west: 10, south: 55, east: 15, north: 50 },
  { west: Number.NaN, south: 50, east: 15, north: 55 },
  { west: 10, south: 50, east: Number.POSITIVE_INFINITY, north: 55 },
  { west: 10, south: 95, east: 15, north: 99 },
])('%o is no box', (box) => {
  expect(readBox(box).kind).toBe('wrong')
})

test.each([
  ['52.520008', '13.404954', { lat: 525_200_080, lon: 134_049_540 }],
  ['-90', '180', { lat: -900_000_000, lon: 1_800_000_000 }],
  ['0', '0', undefined],
  ['91', '13', undefined],
  ['52.5', '', undefined],
  ['52,5', '13', undefined],
  ['north', '13', undefined],
])('coordinates %s, %s', (latitude, longitude, place) => {
  expect(readPlace(latitude, longitude)).toEqual(place)
})
