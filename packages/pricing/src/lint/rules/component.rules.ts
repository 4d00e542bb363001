import { MISSING_VAT } from '../../policy/policy.js'
import { chargingOf, componentsOf } from '../components.js'
import type { LintRule } from '../finding.js'

const MAX_TIME_STEP_S = 60
const MAX_ENERGY_STEP_WH = 1000

const stepUnit = (dimension: string): 'Wh' | 's' => (dimension === 'ENERGY' ? 'Wh' : 's')

/** A step so large that drivers pay for what they did not use. */
const largeStep: LintRule = {
  code: 'large-step-size',
  severity: 'warning',
  rules: ['TAR-045', 'T-03'],
  find: ({ tariff }) =>
    componentsOf(tariff).flatMap(({ dimension, component, pointer }) => {
      const most = dimension === 'ENERGY' ? MAX_ENERGY_STEP_WH : MAX_TIME_STEP_S
      const { step_size: step, price } = component
      return dimension !== 'FLAT' && step > most && price !== 0
        ? [
            {
              pointer: `${pointer}/step_size`,
              message: `A step of ${step} ${stepUnit(dimension)} bills more than was used, at most by nearly one step. Take ${most} ${stepUnit(dimension)} or less, best 1; the next OCPI has no steps.`,
            },
          ]
        : []
    }),
}

/** Zero is read as one. */
const zeroStep: LintRule = {
  code: 'step-size-zero',
  severity: 'hint',
  rules: ['TAR-046'],
  find: ({ tariff }) =>
    componentsOf(tariff).flatMap(({ dimension, component, pointer }) =>
      dimension !== 'FLAT' && component.step_size === 0
        ? [{ pointer: `${pointer}/step_size`, message: 'A step of 0 is read as 1. Write 1.' }]
        : [],
    ),
}

/** A dimension twice in one element. */
const repeated: LintRule = {
  code: 'repeated-dimension',
  severity: 'warning',
  rules: ['TAR-047'],
  find: ({ tariff }) =>
    componentsOf(tariff).flatMap(({ dimension, pointer, repeated: again }) =>
      again
        ? [
            {
              pointer,
              message: `The element has a ${dimension} component already, and only the first counts. Remove this one, or give it an element of its own with restrictions.`,
            },
          ]
        : [],
    ),
}

/** Energy or parking in an element for reservations or bookings. */
const reservationDimension: LintRule = {
  code: 'reservation-dimension',
  severity: 'error',
  rules: ['TAR-040', 'BKG-058'],
  find: ({ tariff }) =>
    componentsOf(tariff).flatMap(({ kind, dimension, pointer }) =>
      kind !== 'ORDINARY' && dimension !== 'FLAT' && dimension !== 'TIME'
        ? [
            {
              pointer: `${pointer}/type`,
              message: `An element for reservations or bookings prices only FLAT and TIME. Move ${dimension} to an element without that restriction.`,
            },
          ]
        : [],
    ),
}

/** A tax rate where no tax applies. */
const vatWithoutTax: LintRule = {
  code: 'vat-without-tax',
  severity: 'warning',
  rules: ['TAR-044'],
  find: ({ tariff }) =>
    tariff.tax_included === 'N/A'
      ? componentsOf(tariff).flatMap(({ component, pointer }) =>
          component.vat === undefined
            ? []
            : [
                {
                  pointer: `${pointer}/vat`,
                  message: 'tax_included is N/A, so this rate is ignored. Leave it out, or say YES or NO.',
                },
              ],
        )
      : [],
}

/** A price of which the tax is not known. */
const vatUnknown: LintRule = {
  code: 'tax-unknown',
  severity: 'hint',
  rules: ['T-09', 'TAR-043'],
  find({ tariff, context }) {
    const silent = tariff.tax_included === 'N/A' || MISSING_VAT[context.version ?? '2.3.0'] === 'none'
    const without = componentsOf(tariff).filter(
      ({ component }) => component.vat === undefined && component.price !== 0,
    )
    const [first] = without
    if (silent || first === undefined) return []
    const side = tariff.tax_included === 'YES' ? 'before' : 'after'
    return [
      {
        pointer: first.pointer,
        message: `${without.length === 1 ? 'A component has' : `${without.length} components have`} no vat, so no price ${side} taxes can be shown. Add vat where the rate is known beforehand.`,
      },
    ]
  },
}

/** Currencies in which what is usual for an hour and a kWh is known well enough. */
const USUAL_CURRENCIES: readonly string[] = ['EUR', 'USD', 'GBP', 'CHF', 'CAD', 'AUD']
const LEAST_PER_HOUR = 0.6
const MOST_PER_KWH = 10

/** A price per hour that looks like one per minute. */
const perMinute: LintRule = {
  code: 'price-looks-per-minute',
  severity: 'hint',
  rules: ['T-01'],
  find: ({ tariff }) =>
    USUAL_CURRENCIES.includes(tariff.currency)
      ? componentsOf(tariff).flatMap(({ dimension, component: { price }, pointer }) =>
          (dimension === 'TIME' || dimension === 'PARKING_TIME') && price > 0 && price < LEAST_PER_HOUR
            ? [
                {
                  pointer: `${pointer}/price`,
                  message: `Prices of ${dimension} are per hour; ${price} looks like one per minute. If it is, multiply it by 60.`,
                },
              ]
            : [],
        )
      : [],
}

/** An energy price that looks like cents. */
const inCents: LintRule = {
  code: 'price-looks-in-cents',
  severity: 'hint',
  rules: ['T-01'],
  find: ({ tariff }) =>
    USUAL_CURRENCIES.includes(tariff.currency)
      ? chargingOf(tariff, 'ENERGY').flatMap(({ component: { price }, pointer }) =>
          price >= MOST_PER_KWH
            ? [
                {
                  pointer: `${pointer}/price`,
                  message: `${price} ${tariff.currency} per kWh is unusual. Prices are in ${tariff.currency}, not in cents or pence, and per kWh, not per step.`,
                },
              ]
            : [],
        )
      : [],
}

/** Rules about price components. */
export const componentRules: readonly LintRule[] = [
  largeStep,
  zeroStep,
  repeated,
  reservationDimension,
  vatWithoutTax,
  vatUnknown,
  perMinute,
  inCents,
]
