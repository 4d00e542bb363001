import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  compare,
  decimal,
  divide,
  isZero,
  multiply,
  negate,
  roundHalfUp,
  subtract,
  toNumber,
  toText,
} from './decimal.js'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const amounts = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 8 }))
  .map(([coefficient, scale]) => ({ coefficient, scale }))

describe('decimal', () => {
  it('takes a number through its shortest text (TYP-042)', () => {
    expect(toText(add(decimal(0.1), decimal(0.2)))).toBe('0.3')
    expect(toText(decimal(1.005))).toBe('1.005')
    expect(toText(decimal(1e-7))).toBe('0.0000001')
    expect(toText(decimal(1.5e21))).toBe('1500000000000000000000')
    expect(toText(decimal('-0.50'))).toBe('-0.50')
    expect(toText(decimal('2E+3'))).toBe('2000')
    expect(toText(decimal(12n))).toBe('12')
  })

  it('gives every double back', () => {
    fc.assert(
      fc.property(finite, (value) => {
        expect(toNumber(decimal(value))).toBe(Object.is(value, -0) ? 0 : value)
        expect(toText(decimal(value))).not.toMatch(/e/i)
      }),
    )
  })

  it('throws for what is no decimal number or would be huge', () => {
    for (const value of [
      '',
      ' 1',
      '1,5',
      '.5',
      '5.',
      '0x1',
      'NaN',
      '1e9999',
      '1'.repeat(401),
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ])
      expect(() => decimal(value)).toThrow(RangeError)
  })
})

describe('arithmetic', () => {
  it('is exact: sums and products keep the laws', () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (a, b, c) => {
        expect(compare(add(a, b), add(b, a))).toBe(0)
        expect(compare(subtract(add(a, b), b), a)).toBe(0)
        expect(compare(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).toBe(0)
        expect(isZero(add(a, negate(a)))).toBe(true)
      }),
    )
  })

  it('compares values, not scales', () => {
    expect(compare(decimal('1.0'), decimal('1'))).toBe(0)
    expect(compare(decimal('-1.01'), decimal('-1'))).toBe(-1)
    expect(compare(decimal('0.001'), decimal('0'))).toBe(1)
  })
})

describe('roundHalfUp', () => {
  it('rounds halves away from zero and pads to the scale', () => {
    expect(toText(roundHalfUp(decimal('1.005'), 2))).toBe('1.01')
    expect(toText(roundHalfUp(decimal('1.0049'), 2))).toBe('1.00')
    expect(toText(roundHalfUp(decimal('2'), 2))).toBe('2.00')
    expect(toText(roundHalfUp(decimal('0.5'), 0))).toBe('1')
  })

  it('rounds a credit to the exact negative of what it credits', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 6 }), (value, scale) => {
        expect(roundHalfUp(negate(value), scale)).toEqual(negate(roundHalfUp(value, scale)))
      }),
    )
  })

  it('is never further away than half a step', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 6 }), (value, scale) => {
        const off = subtract(roundHalfUp(value, scale), value)
        const distance = off.coefficient < 0n ? negate(off) : off
        expect(compare(multiply(distance, decimal(2)), { coefficient: 1n, scale })).toBeLessThanOrEqual(0)
      }),
    )
  })

  it('throws for a scale that is none', () => {
    for (const scale of [-1, 1.5, 1001]) expect(() => roundHalfUp(decimal(1), scale)).toThrow(RangeError)
  })
})

describe('divide', () => {
  it('rounds the exact quotient once', () => {
    expect(toText(divide(decimal(1), decimal(3), 4))).toBe('0.3333')
    expect(toText(divide(decimal(2), decimal(-3), 4))).toBe('-0.6667')
    expect(toText(divide(decimal('0.01'), decimal('8'), 4))).toBe('0.0013')
    expect(toText(divide(decimal('1e3'), decimal('0.001'), 0))).toBe('1000000')
  })

  it('undoes a multiplication', () => {
    fc.assert(
      fc.property(
        amounts,
        amounts.filter((value) => !isZero(value)),
        (a, b) => {
          expect(compare(divide(multiply(a, b), b, a.scale), a)).toBe(0)
        },
      ),
    )
  })

  it('throws for zero', () => {
    expect(() => divide(decimal(1), decimal('0.00'), 2)).toThrow(RangeError)
  })
})
