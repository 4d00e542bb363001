import { expect, test } from 'vitest'
import { type MapPoint, mergePoints } from './map-points.js'

const point = (id: string, change: Partial<MapPoint> = {}): MapPoint => ({
  country_code: 'DE',
  party_id: 'ABC',
  id,
  name: id,
  latitude: '52.5',
  longitude: '13.4',
  evses: 2,
  free: 2,
  taken: 0,
  broken: 0,
  deleted: false,
  ...change,
})

test('what changed replaces what was known, and what was deleted goes', () => {
  const known = mergePoints({ seq: 0, points: new Map() }, [point('a'), point('b')], 5)
  const later = mergePoints(known, [point('A', { free: 1 }), point('b', { deleted: true }), point('c')], 9)
  expect(later.seq).toBe(9)
  expect([...later.points.values()].map(({ id, free }) => [id, free])).toEqual([
    ['A', 1],
    ['c', 2],
  ])
  expect(known.points.size).toBe(2)
})

test('without changes only the position moves, and nothing is drawn anew', () => {
  const known = mergePoints({ seq: 0, points: new Map() }, [point('a')], 5)
  expect(mergePoints(known, [], 7).points).toBe(known.points)
})
