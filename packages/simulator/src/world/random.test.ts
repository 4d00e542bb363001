import { expect, it } from 'vitest'
import { randomStream } from './random.js'

const take = (count: number, seed: number, ...subject: readonly (string | number)[]) => {
  const stream = randomStream(seed, ...subject)
  return Array.from({ length: count }, () => stream.next())
}

it('gives the same stream for the same seed and subject, another for any other', () => {
  expect(take(5, 1, 'driver', 'D1')).toEqual(take(5, 1, 'driver', 'D1'))
  expect(take(5, 1, 'driver', 'D1')).not.toEqual(take(5, 2, 'driver', 'D1'))
  expect(take(5, 1, 'driver', 'D1')).not.toEqual(take(5, 1, 'driver', 'D2'))
})

it('is spread evenly over [0, 1)', () => {
  const values = take(20_000, 3, 'spread')
  const tenths = Array.from({ length: 10 }, (_, i) => values.filter((v) => Math.floor(v * 10) === i).length)
  for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(250)
})

it('shuffles without losing anything and draws integers inside their bounds', () => {
  const stream = randomStream(4, 'x')
  const items = Array.from({ length: 50 }, (_, i) => i)
  expect(stream.shuffle(items).sort((a, b) => a - b)).toEqual(items)
  const drawn = Array.from({ length: 500 }, () => stream.integer(3, 5))
  expect([...new Set(drawn)].sort()).toEqual([3, 4, 5])
})

it('never lets happen what has a rate of zero', () => {
  expect(randomStream(1).exponential(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
  expect(randomStream(1).chance(0)).toBe(false)
})
