import { expect, test } from 'vitest'
import { RecentMap } from './recent-map.js'

test('keeps the most recently used entries within the weight', () => {
  const map = new RecentMap<string, number>(3)
  map.set('a', 1)
  map.set('b', 2)
  map.set('c', 3)
  map.get('a')
  map.set('d', 4)
  expect([map.get('a'), map.get('b'), map.get('c'), map.get('d')]).toEqual([1, undefined, 3, 4])
})

test('keeps the newest entry though it is too heavy alone, and replaces without counting twice', () => {
  const map = new RecentMap<string, number>(3)
  map.set('a', 1, 10)
  expect(map.get('a')).toBe(1)
  map.set('a', 2, 1)
  map.set('b', 3, 2)
  expect(map.size).toBe(2)
})
