import {
  cdrCosts,
  compileTariffs,
  type PriceOutcome,
  priceCharges,
  priceSession,
  type SessionPrice,
} from '@interwatt/pricing'
import type { CDR } from '../back-ends/documents.js'
import type { Tariff } from '../tariffs.js'

/** What a CDR is billed with instead of what it says. */
export interface BilledWith {
  readonly tariffs?: readonly Tariff[]
  readonly charging_periods?: CDR['charging_periods']
}

const priced = (outcome: PriceOutcome): SessionPrice | undefined =>
  outcome.kind === 'priced' ? outcome : undefined

/** The price of a CDR, or of what is put in its place; undefined when it has none. */
export const priceOf = (
  cdr: CDR,
  timeZone: string | undefined,
  instead: BilledWith = {},
): SessionPrice | undefined => {
  const compiled = compileTariffs(instead.tariffs ?? cdr.tariffs ?? [])
  if (compiled.kind === 'refused') return undefined
  const { start_date_time, end_date_time, session_id } = cdr
  const charging_periods = instead.charging_periods ?? cdr.charging_periods
  const session = { start_date_time, end_date_time, charging_periods, session_id, time_zone: timeZone }
  return priced(priceSession(session, compiled))
}

/** The CDR with other costs; undefined when there are none to state. */
export const withCosts = (cdr: CDR, price: SessionPrice | undefined): CDR | undefined => {
  const costs = price && cdrCosts(price)
  if (costs === undefined) return undefined
  const {
    total_cost: _total,
    total_fixed_cost: _fixed,
    total_energy_cost: _energy,
    total_time_cost: _time,
    total_parking_cost: _parking,
    total_reservation_cost: _reservation,
    ...rest
  } = cdr
  return { ...rest, ...costs }
}

type Component = Tariff['elements'][number]['price_components'][number]

/** The tariffs with components changed; `reservation` elements stay as they are. */
export const withComponents = (
  tariffs: readonly Tariff[] | undefined,
  change: (component: Component) => Component,
): Tariff[] =>
  (tariffs ?? []).map((tariff) => ({
    ...tariff,
    elements: tariff.elements.map((element) =>
      element.restrictions?.reservation === undefined
        ? { ...element, price_components: element.price_components.map(change) }
        : element,
    ),
  }))

/** The tariffs without minimum and maximum. */
export const withoutLimits = (tariffs: readonly Tariff[] | undefined): Tariff[] =>
  (tariffs ?? []).map(({ min_price: _min, max_price: _max, ...tariff }) => tariff)

/** The periods with the time a car was charging counted as parking as well. */
export const chargingAsParking = (periods: CDR['charging_periods']): CDR['charging_periods'] =>
  periods.map((period) => ({
    ...period,
    dimensions: period.dimensions.flatMap((dimension) =>
      dimension.type === 'TIME'
        ? [dimension, { type: 'PARKING_TIME' as const, volume: dimension.volume }]
        : [dimension],
    ),
  }))

/** Millionths of a watt-hour, and ticks of 100 ns: what charges count in. */
const COUNTS_PER_WH = 1e6
const COUNTS_PER_SECOND = 1e7
/** Tenths of a watt-hour and seconds; what lies below is the noise of four decimals (4.7). */
const ENERGY_NOISE = COUNTS_PER_WH / 10
const TIME_NOISE = COUNTS_PER_SECOND

/** The price with every period rounded up to `step_size` by itself (T-02). */
export const steppedPerPeriod = (price: SessionPrice): SessionPrice =>
  priceCharges(price.compiled, price.segments, {
    unpriced: price.unpriced,
    charges: price.lines.map(({ charge }) => {
      const { dimension, stepSize } = charge.component
      if (dimension === 'FLAT' || charge.family !== 'charging') return charge
      const ofEnergy = dimension === 'ENERGY'
      const step = stepSize * (ofEnergy ? COUNTS_PER_WH : COUNTS_PER_SECOND)
      const noise = ofEnergy ? ENERGY_NOISE : TIME_NOISE
      const volumeIn = (index: number): number => {
        const segment = price.segments[index]
        if (segment === undefined) return 0
        return ofEnergy ? segment.energy : dimension === 'TIME' ? segment.chargingTicks : segment.parkingTicks
      }
      const billed = charge.segments.reduce(
        (sum, index) => sum + Math.ceil((Math.round(volumeIn(index) / noise) * noise) / step) * step,
        0,
      )
      return { ...charge, billed }
    }),
  })
