import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moneyText } from '../exact/money.js'
import { compileTariffs } from '../tariff/compile-tariffs.js'
import { type Fraction, fixed } from '../testing/fraction.js'
import { policyArbitrary, sessionArbitrary, tariffArbitrary } from '../testing/random-session.js'
import { referencePrice } from '../testing/reference.js'
import { priceSession } from './price-session.js'

const DIGITS = 9

describe('the engine and the rules written down a second time', () => {
  it('agree on every session, tariff and policy, to a billionth of the currency', () => {
    let priced = 0
    let known = 0
    fc.assert(
      fc.property(sessionArbitrary, tariffArbitrary, policyArbitrary, (session, tariff, policy) => {
        const compiled = compileTariffs([tariff], { policy })
        if (compiled.kind === 'refused') throw new Error(compiled.message)
        const price = priceSession(session, compiled)
        if (price.kind === 'refused') throw new Error(price.message)
        const missing = policy.missing_vat === 'none' ? 'none' : 'unknown'
        const expected = referencePrice(session, [tariff], policy, missing)
        const text = (value: bigint | undefined): string | undefined =>
          value === undefined
            ? undefined
            : moneyText({ numerator: value, denominator: compiled.denominator }, DIGITS)
        const shown = (value: Fraction | undefined): string | undefined =>
          value === undefined ? undefined : fixed(value, DIGITS).replace(/\.?0+$/, '')
        expect({ net: text(price.subtotal.net), gross: text(price.subtotal.gross) }).toEqual({
          net: shown(expected.net),
          gross: shown(expected.gross),
        })
        expect({ net: text(price.exactTotal.net), gross: text(price.exactTotal.gross) }).toEqual({
          net: shown(expected.limited.net),
          gross: shown(expected.limited.gross),
        })
        priced += 1
        if (expected.net !== undefined && expected.net.above > 0n) known += 1
      }),
      { numRuns: Number(process.env.PRICING_RUNS ?? 800) },
    )
    // Not a comparison of nothing with nothing.
    expect(known).toBeGreaterThan(priced / 3)
  }, 120_000)
})
