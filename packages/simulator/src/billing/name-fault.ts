import type { CdrCheck } from '@interwatt/pricing'
import type { CDR } from '../back-ends/documents.js'
import { BILLING_FAULTS, type BillingFault, type FaultName } from './faults.js'
import { chargingAsParking, priceOf, withCosts, withoutLimits } from './rebill.js'

type Price = CDR['total_cost']

const net = (price: Price | undefined): number => price?.before_taxes ?? 0

interface Case {
  readonly cdr: CDR
  readonly check: CdrCheck
  readonly timeZone: string | undefined
}

const has = ({ check }: Case, code: string): boolean =>
  check.findings.some((finding) => finding.code === code)

/** What is computed for a part, before taxes. */
const own = ({ check }: Case, part: 'fixed' | 'energy' | 'parking'): number =>
  check.recomputed?.parts[part].before_taxes ?? 0

const exceeds = (stated: number, computed: number): boolean => stated > computed + 0.005

/** How the one who pays recognizes each way of overcharging, the surest first. Nothing of it looks at what the operator did. */
const SIGNS: readonly (readonly [FaultName, (one: Case) => boolean])[] = [
  ['double-cdr', (one) => has(one, 'duplicate_of_session')],
  ['stale-tariff', (one) => has(one, 'tariff_not_as_published')],
  ['energy-rounded-up', (one) => has(one, 'energy_total_differs') && Number.isInteger(one.cdr.total_energy)],
  ['step-size-per-period', (one) => has(one, 'step_size_per_period')],
  [
    'flat-fee-twice',
    (one) => own(one, 'fixed') > 0 && Math.abs(net(one.cdr.total_fixed_cost) - 2 * own(one, 'fixed')) < 0.011,
  ],
  [
    'vat-twice',
    ({ cdr, check }) =>
      check.recomputed?.total.after_taxes !== undefined &&
      check.recomputed.total.after_taxes !== check.recomputed.total.before_taxes &&
      Math.abs(net(cdr.total_cost) - check.recomputed.total.after_taxes) < 0.011,
  ],
  [
    'parking-while-charging',
    (one) => {
      const charging_periods = chargingAsParking(one.cdr.charging_periods)
      const both = withCosts(one.cdr, priceOf(one.cdr, one.timeZone, { charging_periods }))
      return (
        exceeds(net(one.cdr.total_parking_cost), own(one, 'parking')) &&
        net(both?.total_parking_cost) === net(one.cdr.total_parking_cost)
      )
    },
  ],
  [
    'limit-ignored',
    ({ cdr, timeZone }) => {
      const free = priceOf(cdr, timeZone, { tariffs: withoutLimits(cdr.tariffs) })
      return net(withCosts(cdr, free)?.total_cost) === net(cdr.total_cost)
    },
  ],
  ['wrong-unit-price', (one) => exceeds(net(one.cdr.total_energy_cost), own(one, 'energy'))],
]

/** The way of overcharging that a CDR looks like which was not reconciled; undefined when it is none of those known. */
export const nameFault = (
  cdr: CDR,
  check: CdrCheck,
  timeZone: string | undefined,
): Pick<BillingFault, 'name' | 'does'> | undefined => {
  const sign = SIGNS.find(([, shows]) => shows({ cdr, check, timeZone }))
  return BILLING_FAULTS.find(({ name }) => name === sign?.[0])
}

export type { FaultName }
