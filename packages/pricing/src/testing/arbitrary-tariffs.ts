import type { ocpi230 } from '@interwatt/protocol'
import fc from 'fast-check'
import { WEEKDAYS } from '../tariff/restriction.js'
import { type Stretch, session } from './tariffs.js'

const amount = fc.integer({ min: 0, max: 90_000 }).map((units) => units / 10_000)
const vat = fc.option(fc.constantFrom(0, 5.2, 7, 10, 19, 20), { nil: undefined })

const component: fc.Arbitrary<ocpi230.PriceComponent> = fc
  .tuple(
    fc.constantFrom('ENERGY' as const, 'TIME' as const, 'PARKING_TIME' as const, 'FLAT' as const),
    amount,
    fc.constantFrom(0, 1, 60, 100, 300, 900, 1000),
    vat,
  )
  .map(([type, price, step_size, rate]) => ({
    type,
    price,
    step_size,
    ...(rate === undefined ? {} : { vat: rate }),
  }))

const restrictions: fc.Arbitrary<ocpi230.TariffRestrictions> = fc.record(
  {
    start_time: fc.constantFrom('00:00', '08:00', '17:00', '22:30'),
    end_time: fc.constantFrom('00:00', '06:00', '17:00', '23:59'),
    start_date: fc.constantFrom('2026-01-01', '2026-01-12'),
    end_date: fc.constantFrom('2026-01-10', '2027-01-01'),
    min_kwh: fc.constantFrom(0, 5, 10.5),
    max_kwh: fc.constantFrom(5, 20),
    min_power: fc.constantFrom(11, 50),
    max_power: fc.constantFrom(22, 50),
    min_current: fc.constantFrom(16, 32),
    max_current: fc.constantFrom(32, 48),
    min_duration: fc.constantFrom(1800, 5400),
    max_duration: fc.constantFrom(1800, 3600),
    day_of_week: fc.subarray([...WEEKDAYS]),
  },
  { requiredKeys: [] },
)

const element: fc.Arbitrary<ocpi230.TariffElement> = fc
  .tuple(fc.array(component, { minLength: 1, maxLength: 3 }), fc.option(restrictions, { nil: undefined }))
  .map(([price_components, given]) => ({
    price_components,
    ...(given === undefined ? {} : { restrictions: given }),
  }))

const limit = fc.option(
  amount.map((before_taxes) => ({ before_taxes, after_taxes: Math.ceil(before_taxes * 12_500) / 10_000 })),
  { nil: undefined },
)

/** Tariffs as operators write them: all dimensions and restrictions, limits, every sort of tax. */
export const arbitraryTariff: fc.Arbitrary<ocpi230.Tariff> = fc
  .tuple(
    fc.array(element, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('YES' as const, 'NO' as const, 'N/A' as const),
    fc.constantFrom('EUR', 'JPY', 'KWD', 'XXQ'),
    limit,
    limit,
  )
  .map(([elements, tax_included, currency, min_price, max_price]) => ({
    country_code: 'DE',
    party_id: 'CPO',
    id: 'T1',
    currency,
    elements,
    tax_included,
    last_updated: '2026-01-01T00:00:00Z',
    ...(min_price === undefined ? {} : { min_price }),
    ...(max_price === undefined ? {} : { max_price }),
  }))

const stretch: fc.Arbitrary<Stretch> = fc
  .tuple(
    fc.integer({ min: 1, max: 900 }),
    fc.integer({ min: 0, max: 60_000 }),
    fc.constantFrom('charging' as const, 'charging' as const, 'parking' as const, 'reserved' as const),
  )
  .map(([minutes, wattHours, as]) => ({
    minutes,
    as,
    ...(as === 'charging' ? { kwh: wattHours / 1000 } : {}),
  }))

/** Sessions of one to four stretches around a weekend in winter. */
export const arbitrarySession = fc
  .tuple(fc.array(stretch, { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 96 }))
  .map(([stretches, hour]) =>
    session(new Date(Date.UTC(2026, 0, 9, hour)).toISOString(), stretches, 'Europe/Berlin'),
  )
