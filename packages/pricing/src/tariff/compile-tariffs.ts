import { type Decimal, decimal, type ocpi230, roundHalfUp, type VersionId } from '@interwatt/protocol'
import { ENERGY_PER_KWH, OutOfRange, TICKS_PER_HOUR, TooLong } from '../exact/grid.js'
import { powerOfTen } from '../exact/money.js'
import { DEFAULT_POLICY, MISSING_VAT, type PricingPolicy } from '../policy/policy.js'
import { currencyDigits } from './currency.js'
import { type ElementKind, FAMILIES, type Family, KINDS_OF_FAMILY, kindOf } from './family.js'
import { compileRestriction, limitsFlow, type Restriction } from './restriction.js'

/** What a price component charges for. */
export type Dimension = ocpi230.PriceComponent['type']

/** A component with its factors: amount = quantity × factor, in units of 1/`denominator` of the currency. */
export interface Component {
  /** Its place among all components of the compiled tariffs. */
  readonly slot: number
  readonly tariffIndex: number
  readonly elementIndex: number
  readonly componentIndex: number
  readonly kind: ElementKind
  readonly dimension: Dimension
  readonly price: ocpi230.PriceComponent
  /** Seconds or watt-hours; at least 1 (TAR-046). */
  readonly stepSize: number
  /** Index of the tax rate; undefined when no tax applies or it is not known. */
  readonly rate: number | undefined
  /** Undefined when the amount without tax is not known (`tax_included` YES, no `vat`). */
  readonly netFactor: bigint | undefined
  /** Undefined when the tax is not known. */
  readonly grossFactor: bigint | undefined
}

/** A component where it stands in the order in which its dimension is looked for. */
export interface Candidate {
  readonly component: Component
  readonly restriction: Restriction | undefined
}

/** A limit of a tariff in units of 1/`denominator`. */
export interface Limit {
  readonly net: bigint
  readonly gross: bigint | undefined
}

/** One tariff, its components in the order they are looked at. */
export interface CompiledTariff {
  readonly tariff: ocpi230.Tariff
  readonly candidates: Readonly<Record<Family, Readonly<Record<Dimension, readonly Candidate[]>>>>
  readonly minPrice: Limit | undefined
  readonly maxPrice: Limit | undefined
}

/** Tariffs of one session made ready: compile once, price as often as you like. */
export interface CompiledTariffs {
  readonly kind: 'compiled'
  readonly currency: string
  /** Decimals of published amounts. */
  readonly digits: number
  readonly policy: PricingPolicy
  readonly tariffs: readonly CompiledTariff[]
  readonly components: readonly Component[]
  /** Distinct tax rates in percent, as the tariffs write them. */
  readonly rates: readonly number[]
  /** Every amount is a whole number of 1/denominator currency units. */
  readonly denominator: bigint
  /** One of the last digit that is published, in the same units. */
  readonly unit: bigint
  /** What no amount may exceed: a JSON number shows millionths of it, and of the difference of two, without doubt. */
  readonly largest: bigint
  /** Whether any restriction asks for local time. */
  readonly needsTimeZone: boolean
  /** Whether any restriction asks for power or current. */
  readonly needsFlow: boolean
}

/** Why there is no price. `code` is stable; `message` is for people. */
export interface Refusal {
  readonly kind: 'refused'
  readonly code:
    | 'no-tariff'
    | 'currencies-differ'
    | 'time-zone-unknown'
    | 'time-unreadable'
    | 'number-out-of-range'
    | 'too-long'
  readonly message: string
}

/** How tariffs are to be read. */
export interface CompileOptions {
  readonly policy?: Partial<PricingPolicy>
  /** The version the documents came in, which decides what a missing `vat` means. Default 2.3.0. */
  readonly version?: VersionId
}

const QUANTITY_PER_UNIT: Readonly<Record<Dimension, number>> = {
  FLAT: 1,
  ENERGY: ENERGY_PER_KWH,
  TIME: TICKS_PER_HOUR,
  PARKING_TIME: TICKS_PER_HOUR,
}

type Read = Readonly<{
  tariff: ocpi230.Tariff
  component: ocpi230.PriceComponent
  price: Decimal
  vat: Decimal | undefined
}>

const HUNDRED = 100n

/** Digits beyond these are the noise of somebody's floating point; a price with as many on purpose does not exist. */
const MAX_SCALE = 12

const readDecimal = (value: number): Decimal => {
  if (!Number.isFinite(value)) throw new OutOfRange('a price is not a finite number')
  if (Math.abs(value) >= 1e12) throw new OutOfRange('a price of a tariff is too large')
  const read = decimal(value)
  return read.scale > MAX_SCALE ? roundHalfUp(read, MAX_SCALE) : read
}

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

const largest = (least: number, decimals: readonly Decimal[]): number =>
  decimals.reduce((most, { scale }) => Math.max(most, scale), least)

/** The unit of account: small enough that every amount of these tariffs is whole. */
interface Grid {
  readonly scale: number
  /** 100 per cent at the scale of the finest rate. */
  readonly whole: bigint
  readonly vatScale: number
  /** A multiple of `whole` and of every divisor that prices with tax included need. */
  readonly taxMultiple: bigint
  readonly denominator: bigint
}

/** Some fifty odd rates; each makes every amount a few digits longer. */
const MAX_MULTIPLE = 10n ** 400n

const atScale = (value: Decimal, scale: number): bigint => value.coefficient * powerOfTen(scale - value.scale)

const gridOf = (reads: readonly Read[], tariffs: readonly ocpi230.Tariff[], digits: number): Grid => {
  const limits = tariffs.flatMap(({ min_price, max_price }) =>
    [min_price, max_price].flatMap((limit) =>
      limit === undefined
        ? []
        : [limit.before_taxes, ...(limit.after_taxes === undefined ? [] : [limit.after_taxes])].map(
            readDecimal,
          ),
    ),
  )
  const scale = largest(digits, [...reads.map(({ price }) => price), ...limits])
  const vatScale = largest(
    0,
    reads.flatMap(({ vat }) => (vat === undefined ? [] : [vat])),
  )
  const whole = HUNDRED * powerOfTen(vatScale)
  const taxMultiple = reads.reduce((multiple, { tariff, vat }) => {
    if (tariff.tax_included !== 'YES' || vat === undefined) return multiple
    const divisor = whole + atScale(vat, vatScale)
    if (divisor <= 0n) throw new OutOfRange('a tax rate of a tariff is -100 percent or less')
    if (multiple > MAX_MULTIPLE) throw new OutOfRange('the tariffs have more tax rates than any country')
    return (multiple / greatestCommonDivisor(multiple, divisor)) * divisor
  }, whole)
  const denominator = BigInt(TICKS_PER_HOUR) * powerOfTen(scale) * taxMultiple
  return { scale, whole, vatScale, taxMultiple, denominator }
}

interface Factors {
  readonly netFactor: bigint | undefined
  readonly grossFactor: bigint | undefined
}

const factorsOf = (read: Read, grid: Grid, missing: 'none' | 'unknown'): Factors => {
  const perUnit = BigInt(TICKS_PER_HOUR / QUANTITY_PER_UNIT[read.component.type])
  const plain = atScale(read.price, grid.scale) * perUnit
  const stated = plain * grid.taxMultiple
  // Nothing costs nothing, whatever the tax (TAR-034).
  if (plain === 0n) return { netFactor: 0n, grossFactor: 0n }
  if (read.tariff.tax_included === 'N/A') return { netFactor: stated, grossFactor: stated }
  const included = read.tariff.tax_included === 'YES'
  if (read.vat === undefined) {
    const other = missing === 'none' ? stated : undefined
    return included ? { netFactor: other, grossFactor: stated } : { netFactor: stated, grossFactor: other }
  }
  const taxed = grid.whole + atScale(read.vat, grid.vatScale)
  return included
    ? { netFactor: plain * (grid.taxMultiple / taxed) * grid.whole, grossFactor: stated }
    : { netFactor: stated, grossFactor: plain * (grid.taxMultiple / grid.whole) * taxed }
}

const limitOf = (limit: ocpi230.PriceLimit | undefined, grid: Grid): Limit | undefined => {
  if (limit === undefined) return undefined
  const counted = (value: number): bigint =>
    atScale(readDecimal(value), grid.scale) * BigInt(TICKS_PER_HOUR) * grid.taxMultiple
  return {
    net: counted(limit.before_taxes),
    gross: limit.after_taxes === undefined ? undefined : counted(limit.after_taxes),
  }
}

const candidatesOf = (
  components: readonly Component[],
  restrictions: readonly (Restriction | undefined)[],
  family: Family,
): Readonly<Record<Dimension, readonly Candidate[]>> => {
  const found: Record<Dimension, Candidate[]> = { FLAT: [], ENERGY: [], TIME: [], PARKING_TIME: [] }
  for (const kind of KINDS_OF_FAMILY[family])
    for (const component of components) {
      if (component.kind !== kind) continue
      // Of two components of one dimension in one element, which stand together, the first counts (TAR-047).
      const listed = found[component.dimension]
      if (listed.at(-1)?.component.elementIndex === component.elementIndex) continue
      listed.push({ component, restriction: restrictions[component.elementIndex] })
    }
  return found
}

/** Whether any restriction of the tariffs is of that sort. */
const asked = (tariffs: readonly CompiledTariff[], sort: (restriction: Restriction) => boolean): boolean =>
  tariffs.some(({ candidates }) =>
    FAMILIES.some((family) =>
      Object.values(candidates[family]).some((list) =>
        list.some(({ restriction }) => restriction !== undefined && sort(restriction)),
      ),
    ),
  )

/** In units of the currency. */
const LARGEST_AMOUNT = 4_000_000_000n

/** More than any tariff has; each is looked at for each period. */
const MAX_COMPONENTS = 10_000

const refuseExcess = (tariffs: readonly ocpi230.Tariff[]): void => {
  let components = 0
  for (const { elements } of tariffs)
    for (const { price_components } of elements) components += 1 + price_components.length
  if (components > MAX_COMPONENTS)
    throw new TooLong(`the tariffs have more than ${MAX_COMPONENTS} elements and price components`)
}

/** Steps are no longer than what can be counted. */
const MAX_STEP = 5e8

/** At least 1; meaningless for fees (TAR-046, T-23). */
const stepSizeOf = ({ type, step_size }: ocpi230.PriceComponent): number => {
  if (type === 'FLAT') return 1
  if (step_size > MAX_STEP) throw new OutOfRange('a step_size of a tariff is too large')
  return Math.max(1, Math.trunc(step_size) || 1)
}

interface Place {
  readonly tariffIndex: number
  readonly element: ocpi230.TariffElement
  readonly elementIndex: number
  readonly component: ocpi230.PriceComponent
  readonly componentIndex: number
}

const readPlace = (tariff: ocpi230.Tariff, place: Place) => ({
  ...place,
  tariff,
  price: readDecimal(place.component.price),
  vat:
    tariff.tax_included === 'N/A' || place.component.vat === undefined
      ? undefined
      : readDecimal(place.component.vat),
})

const compile = (
  tariffs: readonly [ocpi230.Tariff, ...ocpi230.Tariff[]],
  policy: PricingPolicy,
  missing: 'none' | 'unknown',
): CompiledTariffs => {
  refuseExcess(tariffs)
  const [{ currency }] = tariffs
  const digits = policy.rounding_digits === 'currency' ? currencyDigits(currency) : policy.rounding_digits
  const places = tariffs.flatMap((tariff, tariffIndex) =>
    tariff.elements.flatMap((element, elementIndex) =>
      element.price_components.flatMap((component, componentIndex) =>
        // A dimension nobody knows charges for nothing anybody measures.
        Object.hasOwn(QUANTITY_PER_UNIT, component.type)
          ? [readPlace(tariff, { tariffIndex, element, elementIndex, component, componentIndex })]
          : [],
      ),
    ),
  )
  const rates = [
    ...new Set(places.flatMap(({ vat, component }) => (vat === undefined ? [] : [component.vat ?? 0]))),
  ]
  const grid = gridOf(places, tariffs, digits)
  const components = places.map(
    (place, slot): Component => ({
      slot,
      tariffIndex: place.tariffIndex,
      elementIndex: place.elementIndex,
      componentIndex: place.componentIndex,
      kind: kindOf(place.element),
      dimension: place.component.type,
      price: place.component,
      stepSize: stepSizeOf(place.component),
      rate: place.vat === undefined ? undefined : rates.indexOf(place.component.vat ?? 0),
      ...factorsOf(place, grid, missing),
    }),
  )
  const restrictionPolicy = {
    windowStartsDay: policy.window_day === 'start',
    unknownPowerHolds: policy.unknown_power === 'holds',
  }
  const compiled = tariffs.map((tariff, tariffIndex): CompiledTariff => {
    const own = components.filter((component) => component.tariffIndex === tariffIndex)
    const restrictions = tariff.elements.map(({ restrictions }) =>
      compileRestriction(restrictions, restrictionPolicy),
    )
    const of = (family: Family) => candidatesOf(own, restrictions, family)
    return {
      tariff,
      candidates: {
        charging: of('charging'),
        reserved: of('reserved'),
        expired: of('expired'),
        booked: of('booked'),
        'booking-expired': of('booking-expired'),
        'booking-overtime': of('booking-overtime'),
        'booking-cancelled': of('booking-cancelled'),
      },
      minPrice: limitOf(tariff.min_price, grid),
      maxPrice: limitOf(tariff.max_price, grid),
    }
  })
  return {
    kind: 'compiled',
    currency,
    digits,
    policy,
    tariffs: compiled,
    components,
    rates,
    denominator: grid.denominator,
    // The denominator is a multiple of the digits.
    unit: grid.denominator / powerOfTen(digits),
    largest: grid.denominator * LARGEST_AMOUNT,
    needsTimeZone: asked(compiled, ({ local }) => local),
    needsFlow: asked(compiled, limitsFlow),
  }
}

/**
 * Makes the tariffs of a session ready to price with, in the canonical 2.3.0 form. Does the work that is the same for
 * every session once: factors, bounds, order. Refuses no tariff at all, several currencies, and numbers no price has.
 */
export const compileTariffs = (
  tariffs: readonly ocpi230.Tariff[],
  options: CompileOptions = {},
): CompiledTariffs | Refusal => {
  const [first, ...others] = tariffs
  if (first === undefined)
    return { kind: 'refused', code: 'no-tariff', message: 'there is no tariff to price with' }
  const currencies = [...new Set(tariffs.map(({ currency }) => currency))]
  if (currencies.length > 1)
    return {
      kind: 'refused',
      code: 'currencies-differ',
      message: `the tariffs are in several currencies: ${currencies.join(', ')}`,
    }
  const policy = { ...DEFAULT_POLICY, ...options.policy }
  const missing =
    policy.missing_vat === 'by-version' ? MISSING_VAT[options.version ?? '2.3.0'] : policy.missing_vat
  try {
    return compile([first, ...others], policy, missing)
  } catch (error) {
    if (error instanceof TooLong) return { kind: 'refused', code: 'too-long', message: error.message }
    if (error instanceof OutOfRange)
      return { kind: 'refused', code: 'number-out-of-range', message: error.message }
    throw error
  }
}
