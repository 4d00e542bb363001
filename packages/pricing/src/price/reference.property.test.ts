import type { ocpi230 } from '@interwatt/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moneyText } from '../exact/money.js'
import type { PricingPolicy } from '../policy/policy.js'
import type { SessionToPrice } from '../session/session.js'
import { compileTariffs } from '../tariff/compile-tariffs.js'
import { type Fraction, fixed } from '../testing/fraction.js'
import { policyArbitrary, sessionArbitrary, tariffArbitrary } from '../testing/random-session.js'
import { referencePrice } from '../testing/reference.js'
import { priceSession } from './price-session.js'

const DIGITS = 9

const shown = (value: Fraction | undefined): string | undefined =>
  value === undefined ? undefined : fixed(value, DIGITS).replace(/\.?0+$/, '')

/** Both totals of both, before and after limits. */
const compared = (
  session: SessionToPrice,
  tariffs: readonly ocpi230.Tariff[],
  policy: Partial<PricingPolicy>,
) => {
  const compiled = compileTariffs(tariffs, { policy })
  if (compiled.kind === 'refused') throw new Error(compiled.message)
  const price = priceSession(session, compiled)
  if (price.kind === 'refused') throw new Error(price.message)
  const text = (numerator: bigint | undefined): string | undefined =>
    numerator === undefined ? undefined : moneyText({ numerator, denominator: compiled.denominator }, DIGITS)
  const missing = policy.missing_vat === 'none' ? 'none' : 'unknown'
  const { net, gross, limited } = referencePrice(session, tariffs, policy, missing)
  const { subtotal, exactTotal } = price
  return {
    engine: [subtotal.net, subtotal.gross, exactTotal.net, exactTotal.gross].map(text),
    reference: [net, gross, limited.net, limited.gross].map(shown),
  }
}

const runs = (usual: number) => ({ numRuns: Number(process.env.PRICING_RUNS ?? usual) })

describe('the engine and the rules written down a second time', () => {
  it('agree on every session, tariff and policy, to a billionth of the currency', () => {
    let known = 0
    let priced = 0
    fc.assert(
      fc.property(sessionArbitrary, tariffArbitrary, policyArbitrary, (session, tariff, policy) => {
        const { engine, reference } = compared(session, [tariff], policy)
        expect(engine).toEqual(reference)
        priced += 1
        if (reference[0] !== undefined && reference[0] !== '0') known += 1
      }),
      runs(700),
    )
    // Not a comparison of nothing with nothing.
    expect(known).toBeGreaterThan(priced / 3)
  }, 120_000)

  it('agree where periods name one of several tariffs, none, or one that is not there', () => {
    const ids = fc.array(fc.constantFrom('T1', 'T1', 'T2', 'T2', undefined, 'T3'), {
      minLength: 7,
      maxLength: 7,
    })
    fc.assert(
      fc.property(
        sessionArbitrary,
        fc.tuple(tariffArbitrary, tariffArbitrary),
        policyArbitrary,
        ids,
        (session, [first, second], policy, named) => {
          const charging_periods = session.charging_periods.map((period, index) => {
            const tariff_id = named[index]
            return tariff_id === undefined ? period : { ...period, tariff_id }
          })
          const tariffs = [first, { ...second, id: 'T2', currency: first.currency }]
          const { engine, reference } = compared({ ...session, charging_periods }, tariffs, policy)
          expect(engine).toEqual(reference)
        },
      ),
      runs(400),
    )
  }, 120_000)
})
