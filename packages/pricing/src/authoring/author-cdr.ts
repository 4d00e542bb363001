import type { ocpi230 } from '@interwatt/protocol'
import type { Part } from '../price/amounts.js'
import { priceSession, type SessionPrice } from '../price/price-session.js'
import { type PublishOptions, partPrice, publish, totalPrice } from '../publish/publish.js'
import { type CompileOptions, compileTariffs } from '../tariff/compile-tariffs.js'
import {
  type AuthoredPeriods,
  type AuthoringFacts,
  type AuthoringRefusal,
  authorPeriods,
} from './author-periods.js'
import type { MeterReading } from './readings.js'

/** What a CDR says about quantities and money; the rest of it is who, where and how. */
export type PricedPart = CdrCosts &
  Pick<
    ocpi230.CDR,
    | 'start_date_time'
    | 'end_date_time'
    | 'currency'
    | 'tariffs'
    | 'charging_periods'
    | 'total_energy'
    | 'total_time'
    | 'total_parking_time'
  >

/** The priced part of a CDR, and the price it states. */
export interface AuthoredCdr {
  readonly kind: 'authored'
  readonly cdr: PricedPart
  readonly price: SessionPrice
}

/** How a CDR is to be written: policy and version as for `compileTariffs`, the name of the tax as for `publish`. */
export type AuthoringOptions = CompileOptions & PublishOptions

const PART_FIELDS: readonly (readonly [Part, keyof PricedPart])[] = [
  ['fixed', 'total_fixed_cost'],
  ['energy', 'total_energy_cost'],
  ['time', 'total_time_cost'],
  ['parking', 'total_parking_cost'],
  ['reservation', 'total_reservation_cost'],
]

/** Sums of hours with four decimals. */
const hoursTogether = (a: number, b: number): number =>
  (Math.round(a * 10_000) + Math.round(b * 10_000)) / 10_000

/** The costs a CDR states. */
export type CdrCosts = Pick<
  ocpi230.CDR,
  | 'total_cost'
  | 'total_fixed_cost'
  | 'total_energy_cost'
  | 'total_time_cost'
  | 'total_parking_cost'
  | 'total_reservation_cost'
>

/**
 * A price as the costs of a CDR: the total, and the cost of every part that has a line at all. Undefined when the amount
 * before taxes is not known, which a CDR must state.
 */
export const cdrCosts = (price: SessionPrice, options: PublishOptions = {}): CdrCosts | undefined => {
  const total = totalPrice(publish(price, options))
  if (total === undefined) return undefined
  const parts: Partial<CdrCosts> = Object.fromEntries(
    PART_FIELDS.flatMap(([part, field]) => {
      if (!price.lines.some((line) => line.part === part)) return []
      const cost = partPrice(price, part, options)
      return cost === undefined ? [] : [[field, cost]]
    }),
  )
  return { total_cost: total, ...parts }
}

const cdrOf = (
  periods: AuthoredPeriods,
  price: SessionPrice,
  options: AuthoringOptions,
): PricedPart | undefined => {
  const costs = cdrCosts(price, options)
  if (costs === undefined) return undefined
  const relevant = price.compiled.tariffs.filter(({ tariff }) => periods.tariffIds.includes(tariff.id))
  return {
    start_date_time: periods.start_date_time,
    end_date_time: periods.end_date_time,
    currency: price.compiled.currency,
    tariffs: relevant.map(({ tariff }) => tariff),
    charging_periods: periods.charging_periods,
    total_energy: periods.energyKwh,
    total_time: hoursTogether(periods.chargingHours, periods.parkingHours),
    total_parking_time: periods.parkingHours,
    ...costs,
  }
}

/**
 * Writes the priced part of a CDR (2.3.0) from what happened: charging periods as `authorPeriods` cuts them, quantities
 * as measured, total and parts as Price with taxes, the tariffs that applied (CDR-034 to CDR-048). A reservation that
 * has no readings counts as expired. Refuses what `authorPeriods` and `priceSession` refuse, and amounts whose part
 * before taxes is not known. Never throws.
 */
export const authorCdr = (
  facts: AuthoringFacts,
  readings: readonly MeterReading[],
  tariffs: readonly ocpi230.Tariff[],
  options: AuthoringOptions = {},
): AuthoredCdr | AuthoringRefusal => {
  const { policy, version } = options
  const compiled = compileTariffs(tariffs, {
    // The periods are cut already.
    policy: { ...policy, borders: 'given' },
    ...(version === undefined ? {} : { version }),
  })
  if (compiled.kind === 'refused') return compiled
  const periods = authorPeriods(readings, { ...facts, compiled })
  if (periods.kind === 'refused') return periods
  const price = priceSession(
    {
      start_date_time: periods.start_date_time,
      end_date_time: periods.end_date_time,
      charging_periods: periods.charging_periods,
      time_zone: facts.timeZone,
      booking_id: facts.bookingId,
      outcome: readings.length === 0 ? 'expired' : 'used',
    },
    compiled,
  )
  if (price.kind === 'refused') return price
  const cdr = cdrOf(periods, price, options)
  return cdr === undefined
    ? {
        kind: 'refused',
        code: 'net-unknown',
        message: 'the amount before taxes is not known, which a CDR must state',
      }
    : { kind: 'authored', cdr, price }
}
