import fc from 'fast-check'
import { expect, it } from 'vitest'
import { POLICY_CHOICES, type PricingPolicy } from '../policy/policy.js'
import { cdrOf } from '../testing/cdrs.js'
import { component, element, session, tariff } from '../testing/tariffs.js'
import { checkCdr } from './check-cdr.js'

const ZONE = 'Europe/Berlin'
const price = fc.integer({ min: 0, max: 20_000 }).map((units) => units / 10_000)
const step = fc.constantFrom(1, 60, 300, 900)
const vat = fc.constantFrom(undefined, 0, 7, 19, 5.2)
const aComponent = fc
  .tuple(fc.constantFrom('FLAT', 'ENERGY', 'TIME', 'PARKING_TIME'), price, step, vat)
  .map(([type, amount, steps, tax]) => component(type, amount, steps, tax))
const restrictions = fc.constantFrom(
  undefined,
  { end_time: '13:00' },
  { start_time: '12:30', end_time: '02:00' },
  { max_kwh: 8 },
  { min_duration: 1_800 },
  { max_power: 11 },
)
const aTariff = fc
  .tuple(
    fc.array(
      fc
        .tuple(fc.array(aComponent, { minLength: 1, maxLength: 3 }), restrictions)
        .map(([components, only]) => element(components, only)),
      { minLength: 1, maxLength: 4 },
    ),
    fc.constantFrom('NO', 'YES', 'N/A'),
    fc.option(
      fc.integer({ min: 0, max: 3_000 }).map((cents) => ({ before_taxes: cents / 100 })),
      { nil: undefined },
    ),
  )
  .map(([elements, tax_included, max_price]) =>
    tariff(elements, { tax_included, ...(max_price === undefined ? {} : { max_price }) }),
  )
const aSession = fc
  .array(
    fc.record({
      minutes: fc.integer({ min: 1, max: 180 }),
      kwh: fc.integer({ min: 0, max: 30_000 }).map((wh) => wh / 1_000),
      as: fc.constantFrom('charging', 'parking'),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((stretches) => session('2026-01-12T10:00:00Z', stretches, ZONE))
const aPolicy: fc.Arbitrary<Partial<PricingPolicy>> = fc.record({
  rounding_point: fc.constantFrom(...POLICY_CHOICES.rounding_point),
  rounding_mode: fc.constantFrom(...POLICY_CHOICES.rounding_mode),
  time_step: fc.constantFrom(...POLICY_CHOICES.time_step),
  step_base: fc.constantFrom(...POLICY_CHOICES.step_base),
  flat: fc.constantFrom(...POLICY_CHOICES.flat),
  borders: fc.constantFrom(...POLICY_CHOICES.borders),
})

it('every CDR agrees with the policy it was made with, and differs when its total is changed', () => {
  fc.assert(
    fc.property(
      aTariff,
      aSession,
      aPolicy,
      fc.integer({ min: 2, max: 500 }),
      (one, stayed, policy, cents) => {
        const right = cdrOf(stayed, [one], {}, { policy })
        const context = { timeZone: ZONE, policy }
        const agreed = checkCdr(right, context)
        // Prices with tax included and no rate have no amount before taxes: there is nothing to compare with.
        if (agreed.recomputed?.total.before_taxes === undefined) return
        expect(agreed.findings.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(agreed.outcome).toBe('agrees')
        const before_taxes = Math.round(right.total_cost.before_taxes * 100 + cents) / 100
        const changed = checkCdr({ ...right, total_cost: { before_taxes } }, context)
        expect(changed.findings.map(({ code }) => code)).toContain('total_differs')
        expect(changed.difference?.before_taxes).toBe(cents / 100)
      },
    ),
    { numRuns: 300 },
  )
})
