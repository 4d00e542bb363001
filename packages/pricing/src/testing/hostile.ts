import type { ocpi230 } from '@interwatt/protocol'
import fc from 'fast-check'
import type { SessionToPrice } from '../session/session.js'

/** Documents of the right shape with values nobody should send: what is left when a reader checks types only. */

const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.MAX_VALUE,
    Number.MIN_VALUE,
    Number.MAX_SAFE_INTEGER,
    -0,
    1e15,
    1e15 + 0.5,
    123456789012345.67,
    1e21,
    1e-300,
    0.1,
    -1,
  ),
)

const dateTime = fc.oneof(
  fc
    .date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().replace(/^[+-]00/, '')),
  fc.constantFrom(
    '2026-06-10T15:00:00Z',
    '2026-06-10T16:00:00Z',
    '2026-06-10T17:00:00.123Z',
    '2026-06-10T17:00:00+02:00',
    '2026-06-10T15:00:00',
    '9999-12-31T23:59:59Z',
    '0000-01-01T00:00:00Z',
    '',
    'now',
    '2026-02-30T00:00:00Z',
    '2026-06-10T24:00:00Z',
  ),
  fc.string(),
)

const zone = fc.oneof(
  fc.constantFrom(
    'Europe/Amsterdam',
    'Europe/Nowhere',
    '',
    'UTC',
    '+02:00',
    '+99:99',
    'GMT',
    'europe/berlin',
    undefined,
    '../etc/passwd',
    'Africa/Monrovia',
  ),
  fc.string(),
)

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 })

/** Outside data of the right type by name only: what is not of the enumeration is one of the cases. */
const odd = <Name extends string>(...names: readonly Name[]): fc.Arbitrary<Name> =>
  fc.oneof(
    fc.constantFrom(...names),
    fc.constantFrom('', '__proto__', 'constructor', 'OTHER').map((name) => name as Name),
  )

const clock = fc.oneof(
  fc.constantFrom('00:00', '24:00', '23:59', '22:00', '06:00', '', 'noon', '99:99'),
  fc.string(),
)
const day = fc.oneof(fc.constantFrom('2026-06-10', '2026-02-30', '9999-99-99', '', 'today'), fc.string())

const restrictions: fc.Arbitrary<ocpi230.TariffRestrictions> = fc
  .record({
    start_time: optional(clock),
    end_time: optional(clock),
    start_date: optional(day),
    end_date: optional(day),
    min_kwh: optional(number),
    max_kwh: optional(number),
    min_current: optional(number),
    max_current: optional(number),
    min_power: optional(number),
    max_power: optional(number),
    min_duration: optional(number),
    max_duration: optional(number),
    day_of_week: optional(fc.array(odd('MONDAY', 'SUNDAY'), { maxLength: 8 })),
    reservation: optional(odd('RESERVATION', 'RESERVATION_EXPIRES')),
    booking: optional(odd('BOOKING', 'BOOKING_EXPIRES', 'BOOKING_OVERTIME', 'BOOKING_CANCELLATION_FEES')),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)))

const limit = fc
  .record({ before_taxes: number, after_taxes: optional(number) })
  .map(({ before_taxes, after_taxes }) =>
    after_taxes === undefined ? { before_taxes } : { before_taxes, after_taxes },
  )

export const hostileTariff: fc.Arbitrary<ocpi230.Tariff> = fc.record(
  {
    country_code: fc.constant('DE'),
    party_id: fc.constant('CPO'),
    id: fc.constantFrom('T1', 't1', ''),
    currency: fc.constantFrom('EUR', 'JPY', 'ZZZ', '', 'euro', '€'),
    elements: fc.array(
      fc.record(
        {
          price_components: fc.array(
            fc.record(
              {
                type: odd('ENERGY', 'TIME', 'PARKING_TIME', 'FLAT'),
                price: fc.oneof(number, fc.constantFrom(0.25, 2)),
                vat: fc.oneof(number, fc.constantFrom(19, -100)),
                step_size: fc.oneof(number, fc.constantFrom(1, 300)),
              },
              { requiredKeys: ['type', 'price', 'step_size'] },
            ),
            { maxLength: 4 },
          ),
          restrictions,
        },
        { requiredKeys: ['price_components'] },
      ),
      { maxLength: 4 },
    ),
    min_price: limit,
    max_price: limit,
    tax_included: odd('YES', 'NO', 'N/A'),
    last_updated: fc.constant('2026-01-01T00:00:00Z'),
  },
  {
    requiredKeys: ['country_code', 'party_id', 'id', 'currency', 'elements', 'tax_included', 'last_updated'],
  },
)

export const hostileSession: fc.Arbitrary<SessionToPrice> = fc.record(
  {
    start_date_time: dateTime,
    end_date_time: dateTime,
    charging_periods: fc.array(
      fc.record(
        {
          start_date_time: dateTime,
          dimensions: fc.array(
            fc.record({
              type: odd(
                'ENERGY',
                'TIME',
                'PARKING_TIME',
                'RESERVATION_TIME',
                'RESERVATION_OVERTIME',
                'RESERVATION_EXPIRES',
                'POWER',
                'MIN_CURRENT',
                'STATE_OF_CHARGE',
              ),
              volume: fc.oneof(number, fc.constantFrom(1, 0.5, 20)),
            }),
            { maxLength: 4 },
          ),
          tariff_id: fc.constantFrom('T1', 'T2', ''),
        },
        { requiredKeys: ['start_date_time', 'dimensions'] },
      ),
      { maxLength: 5 },
    ),
    time_zone: zone,
    booking_id: fc.constant('B1'),
    session_id: fc.constant('S1'),
    outcome: fc.constantFrom('used' as const, 'expired' as const, 'cancelled' as const),
  },
  { requiredKeys: ['start_date_time', 'end_date_time', 'charging_periods'] },
)
