import type { CDR } from '../back-ends/documents.js'
import type { Tariff } from '../tariffs.js'
import type { FaultKind } from '../world-options.js'
import {
  chargingAsParking,
  priceOf,
  steppedPerPeriod,
  withComponents,
  withCosts,
  withoutLimits,
} from './rebill.js'

/** Name of a way to overcharge. */
export type FaultName =
  | 'limit-ignored'
  | 'step-size-per-period'
  | 'parking-while-charging'
  | 'flat-fee-twice'
  | 'stale-tariff'
  | 'vat-twice'
  | 'energy-rounded-up'
  | 'wrong-unit-price'
  | 'double-cdr'

/** A way in which a simulated operator overcharges. */
export interface BillingFault {
  readonly name: FaultName
  /** What the operator does, for people. */
  readonly does: string
  /** What is sent instead of a correct CDR; undefined when the fault would change nothing about this one. */
  apply(cdr: CDR, timeZone: string): readonly CDR[] | undefined
}

const secondOfDouble = (id: string): string => `${id}x`

/** The id of the CDR that a second one of the same session repeats. */
export const firstOfDouble = (id: string): string => id.replace(/x$/, '')

/** A cent and more, so that nobody calls it rounding. */
const isDearer = (faulty: CDR, cdr: CDR): boolean =>
  faulty.total_cost.before_taxes > cdr.total_cost.before_taxes + 0.015

const dearer = (faulty: CDR | undefined, cdr: CDR): readonly CDR[] | undefined =>
  faulty !== undefined && isDearer(faulty, cdr) ? [faulty] : undefined

/** Six decimals, as a tariff has at most. */
const price = (value: number): number => Math.round(value * 1e6) / 1e6

const times = (tariffs: readonly Tariff[] | undefined, type: string, factor: number): Tariff[] =>
  withComponents(tariffs, (component) =>
    component.type === type ? { ...component, price: price(component.price * factor) } : component,
  )

const YEAR_MS = 365 * 86_400_000
/** The prices of a year ago were higher, by so much. */
const FORMER_PRICES = 1.15
const WRONG_PRICE = 1.2

/** The tariff as it was a year ago. */
const former = (tariffs: readonly Tariff[] | undefined): Tariff[] =>
  withComponents(tariffs, (component) => ({
    ...component,
    price: price(component.price * FORMER_PRICES),
  })).map((tariff) => ({
    ...tariff,
    last_updated: new Date(Date.parse(tariff.last_updated) - YEAR_MS).toISOString(),
  }))

/** The last period with energy has so much more of it. */
const withMoreEnergy = (periods: CDR['charging_periods'], kwh: number): CDR['charging_periods'] => {
  const last = periods.findLastIndex(({ dimensions }) => dimensions.some(({ type }) => type === 'ENERGY'))
  return periods.map((period, index) =>
    index !== last
      ? period
      : {
          ...period,
          dimensions: period.dimensions.map((dimension) =>
            dimension.type === 'ENERGY' ? { ...dimension, volume: price(dimension.volume + kwh) } : dimension,
          ),
        },
  )
}

/**
 * Ways in which a simulated operator overcharges, those first that fit the fewest sessions. Each leaves what was measured
 * as it was, unless it says otherwise.
 */
export const BILLING_FAULTS: readonly BillingFault[] = [
  {
    name: 'limit-ignored',
    does: 'leaves out the maximum price of the tariff',
    apply: (cdr, timeZone) =>
      dearer(withCosts(cdr, priceOf(cdr, timeZone, { tariffs: withoutLimits(cdr.tariffs) })), cdr),
  },
  {
    name: 'step-size-per-period',
    does: 'rounds every period up to step_size instead of the session',
    apply: (cdr, timeZone) => {
      const correct = priceOf(cdr, timeZone)
      return correct && dearer(withCosts(cdr, steppedPerPeriod(correct)), cdr)
    },
  },
  {
    name: 'parking-while-charging',
    does: 'charges the price of parking while the car charges',
    apply: (cdr, timeZone) => {
      const charging_periods = chargingAsParking(cdr.charging_periods)
      return dearer(withCosts(cdr, priceOf(cdr, timeZone, { charging_periods })), cdr)
    },
  },
  {
    name: 'flat-fee-twice',
    does: 'charges the flat fee twice',
    apply: (cdr, timeZone) =>
      dearer(withCosts(cdr, priceOf(cdr, timeZone, { tariffs: times(cdr.tariffs, 'FLAT', 2) })), cdr),
  },
  {
    name: 'stale-tariff',
    does: 'bills with the tariff of a year ago, which was higher',
    apply: (cdr, timeZone) => {
      const tariffs = former(cdr.tariffs)
      const faulty = withCosts(cdr, priceOf(cdr, timeZone, { tariffs }))
      return dearer(faulty && { ...faulty, tariffs }, cdr)
    },
  },
  {
    name: 'vat-twice',
    does: 'adds VAT to prices that have it already',
    apply: (cdr, timeZone) => {
      const tariffs = withComponents(cdr.tariffs, (component) => ({
        ...component,
        price: price(component.price * (1 + (component.vat ?? 0) / 100)),
      }))
      return dearer(withCosts(cdr, priceOf(cdr, timeZone, { tariffs })), cdr)
    },
  },
  {
    name: 'energy-rounded-up',
    does: 'bills whole kilowatt-hours, rounded up',
    apply: (cdr, timeZone) => {
      const total_energy = Math.ceil(cdr.total_energy)
      const charging_periods = withMoreEnergy(cdr.charging_periods, total_energy - cdr.total_energy)
      const faulty = withCosts(cdr, priceOf(cdr, timeZone, { charging_periods }))
      return dearer(faulty && { ...faulty, total_energy }, cdr)
    },
  },
  {
    name: 'wrong-unit-price',
    does: 'bills a kWh a fifth above the tariff',
    apply: (cdr, timeZone) =>
      dearer(
        withCosts(cdr, priceOf(cdr, timeZone, { tariffs: times(cdr.tariffs, 'ENERGY', WRONG_PRICE) })),
        cdr,
      ),
  },
  {
    name: 'double-cdr',
    does: 'sends a second CDR of the same session',
    apply: (cdr) =>
      cdr.session_id === undefined || cdr.total_cost.before_taxes === 0
        ? undefined
        : [cdr, { ...cdr, id: secondOfDouble(cdr.id) }],
  },
]

/** A CDR that goes out, and the fault in it; undefined when everything is right. */
export interface BilledCdr {
  readonly cdr: CDR
  readonly fault: BillingFault | undefined
}

/** What goes out for a session whose correct CDR is given; `dear` asks for one that states too much. */
export type Bill = (cdr: CDR, timeZone: string, dear?: boolean) => readonly BilledCdr[]

/** An operator that overcharges whenever it can, each time in the way it has used least. */
export const createFaultyBilling = (): Bill => {
  const used = new Map<FaultName, number>()
  const uses = ({ name }: BillingFault): number => used.get(name) ?? 0
  return (cdr, timeZone) => {
    for (const fault of [...BILLING_FAULTS].sort((a, b) => uses(a) - uses(b))) {
      const cdrs = fault.apply(cdr, timeZone)
      if (cdrs === undefined) continue
      used.set(fault.name, uses(fault) + 1)
      // Of several CDRs of one session the first is right.
      return cdrs.map((one, index) => ({ cdr: one, fault: index === cdrs.length - 1 ? fault : undefined }))
    }
    return [{ cdr, fault: undefined }]
  }
}

/** How an operator bills: overcharging, or rightly. */
export const billFor = (faults: FaultKind | undefined): Bill =>
  faults !== 'billing'
    ? (cdr, timeZone, dear) => [dear === true ? dearest(cdr, timeZone) : rightly(cdr)]
    : createFaultyBilling()

const rightly = (cdr: CDR): BilledCdr => ({ cdr, fault: undefined })

/** So far above the tariff that it cannot be taken for anything else, such as VAT, however little was charged. */
const FAR_TOO_DEAR = 1.5

const dearEnergy: BillingFault = {
  name: 'wrong-unit-price',
  does: 'bills a kWh half as much again as the tariff says',
  apply: (cdr, timeZone) =>
    dearer(
      withCosts(cdr, priceOf(cdr, timeZone, { tariffs: times(cdr.tariffs, 'ENERGY', FAR_TOO_DEAR) })),
      cdr,
    ),
}

/** A CDR with energy above the tariff, where that changes anything. */
const dearest = (cdr: CDR, timeZone: string): BilledCdr => {
  const [faulty] = dearEnergy.apply(cdr, timeZone) ?? []
  return faulty === undefined ? rightly(cdr) : { cdr: faulty, fault: dearEnergy }
}
