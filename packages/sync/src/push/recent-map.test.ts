import fc from 'fast-check'
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

test('does with any sequence of calls what an ordered list would do', () => {
  const step = fc.tuple(
    fc.constantFrom('get', 'set', 'delete', 'clear'),
    fc.integer({ min: 0, max: 6 }),
    fc.integer({ min: 1, max: 4 }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const map = new RecentMap<number, number>(8)
      let model: { key: number; weight: number }[] = []
      for (const [name, key, weight] of steps) {
        const known = model.find((entry) => entry.key === key)
        if (name === 'clear') model = []
        else if (name !== 'get' || known) model = model.filter((entry) => entry.key !== key)
        if (name === 'get') {
          expect(map.get(key)).toBe(known?.weight)
          if (known) model.push(known)
        } else if (name === 'set') {
          map.set(key, weight, weight)
          model.push({ key, weight })
          while (model.length > 1 && model.reduce((sum, entry) => sum + entry.weight, 0) > 8) model.shift()
        } else if (name === 'delete') map.delete(key)
        else map.clear()
        expect(map.size).toBe(model.length)
      }
      for (const { key, weight } of model) expect(map.get(key)).toBe(weight)
    }),
  )
})
