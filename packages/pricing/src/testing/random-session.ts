import type { ocpi230 } from '@interwatt/protocol'
import fc from 'fast-check'
import { POLICY_CHOICES, type PricingPolicy } from '../policy/policy.js'
import type { SessionToPrice } from '../session/session.js'
import { tariff } from './tariffs.js'

/** Places whose clocks do all that clocks do: an hour, half an hour, and back for Ramadan. */
export const ZONES = [
  'Europe/Amsterdam',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kolkata',
]

const HOUR_MS = 3_600_000

/** Moments around which sessions start: nights of changed clocks in each zone, a leap day, a plain day. */
export const NIGHTS = [
  '2026-03-29T01:00:00Z',
  '2026-10-25T01:00:00Z',
  '2026-03-08T07:00:00Z',
  '2026-11-01T06:00:00Z',
  '2026-04-04T15:00:00Z',
  '2026-10-03T15:30:00Z',
  '2026-02-15T02:00:00Z',
  '2026-03-22T02:00:00Z',
  '2028-02-29T00:00:00Z',
  '2026-06-10T15:00:00Z',
]

const decimals = (max: number, digits: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: max * 10 ** digits }).map((count) => count / 10 ** digits)

const componentArbitrary: fc.Arbitrary<ocpi230.PriceComponent> = fc
  .record({
    type: fc.constantFrom<ocpi230.PriceComponent['type']>('ENERGY', 'TIME', 'PARKING_TIME', 'FLAT'),
    price: fc.oneof(decimals(5, 2), decimals(2, 4), fc.constant(0)),
    step_size: fc.oneof(fc.constantFrom(0, 1, 1, 60, 300, 900), fc.integer({ min: 1, max: 2000 })),
    vat: fc.option(fc.constantFrom(0, 5.2, 7, 10, 19, 20, 25), { nil: undefined, freq: 8 }),
  })
  .map(({ vat, ...others }) => (vat === undefined ? others : { ...others, vat }))

const clockTime = fc.constantFrom('00:00', '01:00', '02:00', '02:30', '03:00', '08:00', '17:00', '22:00')

const present = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 1 })
const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const

/** Restrictions of one sort or two, so that they hold often enough. */
const restrictionArbitrary: fc.Arbitrary<ocpi230.TariffRestrictions> = fc.oneof(
  fc.record({ start_time: present(clockTime), end_time: present(clockTime) }),
  fc.record({
    start_time: clockTime,
    end_time: clockTime,
    day_of_week: fc.subarray([...DAYS], { minLength: 2 }),
  }),
  fc.record({ day_of_week: fc.subarray([...DAYS]) }),
  fc.record({
    start_date: present(fc.constantFrom('2026-03-29', '2026-10-25', '2026-06-10')),
    end_date: present(fc.constantFrom('2026-03-30', '2026-11-01', '2028-02-29')),
  }),
  fc.record({ min_kwh: present(decimals(20, 1)), max_kwh: present(decimals(40, 1)) }),
  fc.record({
    min_duration: present(fc.integer({ min: 0, max: 120 }).map((minutes) => minutes * 60)),
    max_duration: present(fc.integer({ min: 0, max: 240 }).map((minutes) => minutes * 60)),
  }),
  fc.record({ min_power: present(decimals(25, 1)), max_power: present(decimals(50, 1)) }),
  fc.record({ min_current: present(fc.integer({ max: 32, min: 0 })), max_current: present(decimals(64, 0)) }),
)

/** Leaves out what is undefined, as JSON does. */
const given = <Document extends object>(document: Document): Document =>
  Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined)) as Document

const elementArbitrary: fc.Arbitrary<ocpi230.TariffElement> = fc
  .record({
    price_components: fc.array(componentArbitrary, { minLength: 1, maxLength: 3 }),
    restrictions: fc.option(restrictionArbitrary, { nil: undefined, freq: 3 }),
    reservation: fc.option(fc.constantFrom('RESERVATION' as const, 'RESERVATION_EXPIRES' as const), {
      nil: undefined,
      freq: 6,
    }),
  })
  .map(({ price_components, restrictions, reservation }) => {
    if (reservation !== undefined)
      return {
        price_components: price_components.map((one) => ({
          ...one,
          type: one.type === 'FLAT' ? 'FLAT' : 'TIME',
        })),
        restrictions: { reservation },
      }
    return restrictions === undefined
      ? { price_components }
      : { price_components, restrictions: given(restrictions) }
  })

const limitArbitrary = fc
  .record({ net: decimals(30, 2), tax: fc.option(fc.constantFrom(0, 0.5, 2), { nil: undefined }) })
  .map(({ net, tax }) =>
    tax === undefined
      ? { before_taxes: net }
      : { before_taxes: net, after_taxes: Math.round((net + tax) * 100) / 100 },
  )

/** A tariff of up to five elements. */
export const tariffArbitrary: fc.Arbitrary<ocpi230.Tariff> = fc
  .record({
    elements: fc.array(elementArbitrary, { minLength: 1, maxLength: 5 }),
    tax_included: fc.constantFrom('NO' as const, 'NO' as const, 'YES' as const, 'N/A' as const),
    currency: fc.constantFrom('EUR', 'EUR', 'JPY', 'KWD'),
    min_price: fc.option(limitArbitrary, { nil: undefined, freq: 5 }),
    max_price: fc.option(limitArbitrary, { nil: undefined, freq: 5 }),
  })
  .map(({ elements, ...others }) => tariff(elements, given(others)))

const FLOWS = ['MIN_POWER', 'MAX_POWER', 'POWER', 'MIN_CURRENT', 'MAX_CURRENT', 'CURRENT'] as const

const periodArbitrary = fc.record({
  seconds: fc.oneof(
    fc.integer({ min: 0, max: 8 }).map((quarters) => quarters * 900),
    fc.integer({ min: 0, max: 9000 }),
  ),
  as: fc.constantFrom('charging', 'charging', 'charging', 'parking', 'both', 'idle'),
  kwh: fc.oneof(decimals(30, 1), decimals(30, 4), fc.constant(0)),
  flows: fc.array(
    fc.record({
      type: fc.constantFrom<ocpi230.CdrDimensionType>(...FLOWS),
      volume: decimals(50, 0),
    }),
    { maxLength: 2 },
  ),
})

const hoursOf = (seconds: number, digits: number): number =>
  Math.round((seconds / 3600) * 10 ** digits) / 10 ** digits

interface Made {
  readonly seconds: number
  readonly as: string
  readonly kwh: number
  readonly flows: readonly ocpi230.CdrDimension[]
}

const dimensionsOf = ({ seconds, as, kwh, flows }: Made, digits: number): ocpi230.CdrDimension[] => {
  const time = (type: 'TIME' | 'PARKING_TIME' | 'RESERVATION_TIME', share = 1): ocpi230.CdrDimension => ({
    type,
    volume: hoursOf(seconds * share, digits),
  })
  if (as === 'reserved') return [time('RESERVATION_TIME')]
  if (as === 'parking') return [time('PARKING_TIME'), ...flows]
  const energy = { type: 'ENERGY' as const, volume: kwh }
  if (as === 'both') return [energy, time('TIME', 0.5), time('PARKING_TIME', 0.5), ...flows]
  return as === 'idle' ? [energy] : [time('TIME'), energy, ...flows]
}

const text = (epochMs: number): string => `${new Date(epochMs).toISOString().slice(0, 19)}Z`

/** A session of up to six periods near a night of changed clocks, hours with four or nine decimals. */
export const sessionArbitrary: fc.Arbitrary<SessionToPrice> = fc
  .record({
    night: fc.constantFrom(...NIGHTS),
    beforeMs: fc.integer({ min: -16, max: 16 }).map((quarters) => quarters * (HOUR_MS / 4)),
    zone: fc.constantFrom(...ZONES),
    digits: fc.constantFrom(4, 9),
    reserved: fc.option(
      periodArbitrary.map((period) => ({ ...period, as: 'reserved' })),
      { nil: undefined, freq: 3 },
    ),
    periods: fc.array(periodArbitrary, { minLength: 0, maxLength: 6 }),
    earlyMs: fc.constantFrom(0, 0, 0, 600_000),
    session_id: fc.constantFrom(undefined, 'S1'),
  })
  .map(({ night, beforeMs, zone, digits, reserved, periods, earlyMs, session_id }) => {
    const startMs = Date.parse(night) + beforeMs
    let atMs = startMs
    const charging_periods = [...(reserved === undefined ? [] : [reserved]), ...periods].map((period) => {
      const start_date_time = text(atMs)
      atMs += period.seconds * 1000
      return { start_date_time, dimensions: dimensionsOf(period, digits) }
    })
    return {
      start_date_time: text(startMs - earlyMs),
      end_date_time: text(atMs),
      charging_periods,
      time_zone: zone,
      ...(session_id === undefined ? {} : { session_id }),
    }
  })

/** Any policy that does not cut periods: those that do have laws of their own. */
export const policyArbitrary: fc.Arbitrary<Partial<PricingPolicy>> = fc.record({
  time_step: fc.constantFrom(...POLICY_CHOICES.time_step),
  step_base: fc.constantFrom(...POLICY_CHOICES.step_base),
  flat: fc.constantFrom(...POLICY_CHOICES.flat),
  expired_flat: fc.constantFrom(...POLICY_CHOICES.expired_flat),
  missing_vat: fc.constantFrom('none' as const, 'unknown' as const),
  window_day: fc.constantFrom(...POLICY_CHOICES.window_day),
  unknown_power: fc.constantFrom(...POLICY_CHOICES.unknown_power),
  flow_bounds: fc.constantFrom(...POLICY_CHOICES.flow_bounds),
  limit_without_gross: fc.constantFrom(...POLICY_CHOICES.limit_without_gross),
})

/** Where and how amounts are rounded. */
export const roundingArbitrary: fc.Arbitrary<Partial<PricingPolicy>> = fc.record({
  rounding_point: fc.constantFrom(...POLICY_CHOICES.rounding_point),
  rounding_mode: fc.constantFrom(...POLICY_CHOICES.rounding_mode),
  rounding_digits: fc.constantFrom(...POLICY_CHOICES.rounding_digits),
})
