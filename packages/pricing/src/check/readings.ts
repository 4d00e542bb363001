import type { ocpi230 } from '@interwatt/protocol'
import { ceilTo, ENERGY_PER_WH, TICKS_PER_SECOND } from '../exact/grid.js'
import { POLICY_CHOICES, type PricingPolicy } from '../policy/policy.js'
import type { Charge } from '../price/measure.js'
import { type PriceOutcome, priceCharges, priceOrRefusal, priceSession } from '../price/price-session.js'
import { publishAmount } from '../publish/publish.js'
import type { Segment } from '../session/segments.js'
import { compileTariffs } from '../tariff/compile-tariffs.js'
import type { Basis } from './basis.js'
import { type CheckFinding, finding } from './finding.js'
import { amountText, type Micros, publishedMicros, statedMicros } from './micros.js'

/** Decimals that documents give amounts with which they do not round to the currency. */
const UNROUNDED_DIGITS = 4
/** More explanations of one figure do not explain it better. */
const MOST = 3

/** Whether a choice is built into compiled tariffs, or looked at when a session is priced. */
const COMPILED_IN: Readonly<Record<keyof PricingPolicy, boolean>> = {
  rounding_point: false,
  rounding_mode: false,
  rounding_digits: true,
  time_step: false,
  step_base: false,
  flat: false,
  expired_flat: false,
  missing_vat: true,
  window_day: true,
  unknown_power: true,
  flow_bounds: false,
  borders: false,
  limit_without_gross: false,
}

const isPolicyName = (name: string): name is keyof PricingPolicy => Object.hasOwn(COMPILED_IN, name)

const POLICY_NAMES = Object.keys(COMPILED_IN).filter(isPolicyName)

const same = (stated: Micros, found: Micros): boolean =>
  stated.net === found.net &&
  (stated.gross === undefined || found.gross === undefined || stated.gross === found.gross)

/** Whether a price is exactly what the CDR states, rounded or with the decimals of documents that do not round. */
const gives = ({ sign }: Basis, outcome: PriceOutcome, stated: Micros): boolean => {
  if (outcome.kind === 'refused') return false
  const { compiled, total, exactTotal } = outcome
  const { denominator, digits, policy } = compiled
  const signed = ({ net, gross }: Micros): Micros => ({
    net: net === undefined ? undefined : sign * net,
    gross: gross === undefined ? undefined : sign * gross,
  })
  const shown = (amount: typeof total, decimals: number): Micros =>
    signed(publishedMicros(publishAmount(amount, denominator, decimals, policy.rounding_mode)))
  return same(stated, shown(total, digits)) || same(stated, shown(exactTotal, UNROUNDED_DIGITS))
}

const withPolicy = (basis: Basis, name: keyof PricingPolicy, value: string | number): PriceOutcome => {
  const { compiled } = basis.price
  const policy: PricingPolicy = { ...compiled.policy, [name]: value }
  if (!COMPILED_IN[name]) return priceSession(basis.session, { ...compiled, policy })
  const { version } = basis.context
  const again = compileTariffs(
    compiled.tariffs.map(({ tariff }) => tariff),
    { policy, ...(version === undefined ? {} : { version }) },
  )
  return again.kind === 'refused' ? again : priceSession(basis.session, again)
}

/** What a segment adds to a charge, in its counts. */
const volumeIn = ({ component, family }: Charge, segment: Segment): number => {
  if (component.dimension === 'FLAT') return 1
  if (family === 'charging')
    return component.dimension === 'ENERGY'
      ? segment.energy
      : component.dimension === 'TIME'
        ? segment.chargingTicks
        : segment.parkingTicks
  const { reservation } = segment
  if (reservation === undefined) return 0
  return family === 'booking-expired' && reservation.family !== family
    ? reservation.expired
    : family === 'booking-overtime'
      ? reservation.overtime
      : reservation.reserved
}

const stepOf = ({ component }: Charge): number =>
  component.stepSize * (component.dimension === 'ENERGY' ? ENERGY_PER_WH : TICKS_PER_SECOND)

/** The noise of four decimals below a second or a tenth of a watt-hour, which no step is to count (4.7). */
const roundedUp = (charge: Charge, volume: number): number => {
  const noise = charge.component.dimension === 'ENERGY' ? ENERGY_PER_WH / 10 : TICKS_PER_SECOND
  return volume <= 0 ? volume : ceilTo(Math.round(volume / noise) * noise, stepOf(charge))
}

/** The price with other billed quantities. */
const billedAs = ({ price }: Basis, billed: (charge: Charge) => number): PriceOutcome =>
  priceOrRefusal(() =>
    priceCharges(price.compiled, price.segments, {
      charges: price.lines.map(({ charge }) => ({ ...charge, billed: billed(charge) })),
      unpriced: price.unpriced,
    }),
  )

const perPeriod = (basis: Basis): PriceOutcome =>
  billedAs(basis, (charge) => {
    if (charge.component.dimension === 'FLAT') return charge.billed
    return charge.segments.reduce((sum, index) => {
      const segment = basis.price.segments[index]
      return segment === undefined ? sum : sum + roundedUp(charge, volumeIn(charge, segment))
    }, 0)
  })

interface Reading {
  readonly name: string
  readonly price: () => PriceOutcome
}

const readingsOf = (basis: Basis): readonly Reading[] => {
  const { price, session, context } = basis
  const { compiled } = price
  const published = context.publishedTariffs ?? []
  const withoutLimits = compiled.tariffs.map((tariff) => ({
    ...tariff,
    minPrice: undefined,
    maxPrice: undefined,
  }))
  return [
    {
      name: 'rounding up to step_size for every price component by itself',
      price: () =>
        billedAs(basis, (charge) =>
          charge.component.dimension === 'FLAT' ? charge.billed : roundedUp(charge, charge.measured),
        ),
    },
    {
      name: 'no rounding up to step_size',
      price: () => billedAs(basis, (charge) => charge.measured),
    },
    {
      name: 'a flat fee for every period',
      price: () =>
        billedAs(basis, (charge) =>
          charge.component.dimension === 'FLAT'
            ? price.segments.filter(({ charging }) => charging === (charge.family === 'charging')).length
            : charge.billed,
        ),
    },
    {
      name: 'leaving out min_price and max_price',
      price: () => priceSession(session, { ...compiled, tariffs: withoutLimits }),
    },
    ...(published.length === 0
      ? []
      : [
          {
            name: 'the published tariff instead of that of the CDR',
            price: () => withTariffs(basis, published),
          },
        ]),
  ]
}

const withTariffs = (basis: Basis, tariffs: readonly ocpi230.Tariff[]): PriceOutcome => {
  const { version } = basis.context
  const compiled = compileTariffs(tariffs, {
    policy: basis.price.compiled.policy,
    ...(version === undefined ? {} : { version }),
  })
  return compiled.kind === 'refused' ? compiled : priceSession(basis.session, compiled)
}

const policyReadings = (basis: Basis, stated: Micros): readonly CheckFinding[] => {
  const { policy } = basis.price.compiled
  return POLICY_NAMES.flatMap((name) =>
    POLICY_CHOICES[name].flatMap((value) => {
      if (value === policy[name] || !gives(basis, withPolicy(basis, name, value), stated)) return []
      const message = `with the policy ${name}: ${value} it is exactly the stated total`
      return [finding('other_reading', '/total_cost', message, { policy: { name, value } })]
    }),
  )
}

const taxReading = (basis: Basis, stated: Micros): readonly CheckFinding[] => {
  const { after_taxes, before_taxes } = basis.published.total
  if (after_taxes === undefined || after_taxes === before_taxes || stated.net === undefined) return []
  const gross = publishedMicros({ after_taxes }).gross
  if (gross === undefined || stated.net !== basis.sign * gross) return []
  const text = amountText(gross, basis.price.compiled.digits)
  const message = `the stated amount before taxes is that after taxes, ${text}`
  return [finding('other_reading', '/total_cost', message)]
}

/** Readings that give exactly the stated total where the agreed one does not (TAR-085); most telling first. */
export const findReadings = (basis: Basis): readonly CheckFinding[] => {
  const stated = statedMicros(basis.cdr.total_cost)
  const stepped = gives(basis, perPeriod(basis), stated)
    ? [
        finding(
          'step_size_per_period',
          '/total_cost',
          'rounding every period up to step_size gives exactly the stated total; step_size counts once a session',
        ),
      ]
    : []
  const others = [
    ...policyReadings(basis, stated),
    ...taxReading(basis, stated),
    ...readingsOf(basis).flatMap(({ name, price }) =>
      gives(basis, price(), stated)
        ? [finding('other_reading', '/total_cost', `with ${name} it is exactly the stated total`)]
        : [],
    ),
  ]
  return [...stepped, ...others.slice(0, MOST)]
}
