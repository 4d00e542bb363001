import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divideRounded, powerOfTen, roundedUnits } from './money.js'

const MODES = ['half-up', 'half-even', 'up', 'down'] as const

describe('rounding an amount by doubles first', () => {
  const exact = (value: bigint, denominator: bigint, digits: number, mode: (typeof MODES)[number]) =>
    Number(divideRounded(value * powerOfTen(digits), denominator, mode))

  it('gives what whole numbers give, also next to and on the halves and the whole ones', () => {
    const near = fc.record({
      units: fc.bigInt({ min: -4_000_000_000_000n, max: 4_000_000_000_000n }),
      part: fc.constantFrom(0n, 1n, 2n),
      off: fc.bigInt({ min: -3n, max: 3n }),
      scale: fc.bigInt({ min: 1n, max: 10n ** 30n }),
      digits: fc.integer({ min: 0, max: 6 }),
      mode: fc.constantFrom(...MODES),
    })
    fc.assert(
      fc.property(near, ({ units, part, off, scale, digits, mode }) => {
        const denominator = 2n * scale * powerOfTen(digits)
        const value = units * 2n * scale + part * scale + off
        expect(roundedUnits(value, denominator, digits, mode)).toBe(
          exact(value, denominator, digits, mode) + 0,
        )
      }),
      { numRuns: 5000 },
    )
  })

  it('gives what whole numbers give anywhere', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
        fc.bigInt({ min: 10n ** 31n, max: 10n ** 45n }),
        fc.integer({ min: 0, max: 6 }),
        fc.constantFrom(...MODES),
        (value, denominator, digits, mode) => {
          expect(roundedUnits(value, denominator, digits, mode)).toBe(
            exact(value, denominator, digits, mode) + 0,
          )
        },
      ),
      { numRuns: 5000 },
    )
  })
})
