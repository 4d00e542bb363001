import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  add,
  ceilTo,
  compare,
  divide,
  fraction,
  multiply,
  roundHalfUp,
  subtract,
  toNumber,
  toText,
} from './fraction.js'

const numbers = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((units) => units / 1000)
const positive = fc.integer({ min: 1, max: 100_000 }).map((units) => units / 100)

it('reads numbers through their shortest text', () => {
  expect(fraction(0.1)).toEqual({ numerator: 1n, denominator: 10n })
  expect(fraction(-1.5e-7)).toEqual({ numerator: -3n, denominator: 20_000_000n })
  expect(fraction(1.2e21)).toEqual({ numerator: 12n * 10n ** 20n, denominator: 1n })
  expect(() => fraction(Number.NaN)).toThrow(RangeError)
})

it('adds and multiplies without error, and undoes it', () => {
  fc.assert(
    fc.property(numbers, numbers, positive, (a, b, c) => {
      const [x, y, z] = [fraction(a), fraction(b), fraction(c)]
      expect(subtract(add(x, y), y)).toEqual(x)
      expect(divide(multiply(x, z), z)).toEqual(x)
      expect(toNumber(x)).toBe(a === 0 ? 0 : a)
    }),
  )
})

it('rounds halves away from zero', () => {
  expect([5.125, 5.625, -5.125, 0.004, 2.5].map((n) => toText(roundHalfUp(fraction(n), 2), 4))).toEqual([
    '5.13',
    '5.63',
    '-5.13',
    '0',
    '2.5',
  ])
})

it('rounds up to the next multiple, which stays', () => {
  fc.assert(
    fc.property(numbers, positive, (value, step) => {
      const [x, s] = [fraction(value), fraction(step)]
      const up = ceilTo(x, s)
      expect(divide(up, s).denominator).toBe(1n)
      expect(compare(up, x)).toBeGreaterThanOrEqual(0)
      expect(compare(subtract(up, s), x)).toBeLessThan(0)
      expect(ceilTo(up, s)).toEqual(up)
    }),
  )
})
