import { type Amount, addAmounts, amountOf, applyLimits, NO_AMOUNT } from './amounts.js'
import { add, ceilTo, divide, type Fraction, fraction, multiply, ONE, subtract, ZERO } from './fraction.js'
import { elementsFor, holds, needsTimeZone, type Tariff, type TariffElement } from './restrictions.js'
import { type Segment, type SegmentInput, segmentsOf } from './segments.js'

/**
 * The plainest correct price of a session (tariffs section 4). Limits: periods are taken as cut by the operator,
 * a restriction that flips inside one is not noticed; only the first FLAT of a session is charged; no choice
 * between tariffs by profile, no 2.1.1 documents, no conversion of currencies.
 */
export type PriceInput = SegmentInput

type Component = TariffElement['price_components'][number]

/** One priced quantity: in Wh, seconds, or once. */
interface Line {
  readonly part: 'fixed' | 'energy' | 'time' | 'parking' | 'reservation'
  readonly component: Component
  readonly tariff: Tariff
  readonly quantity: Fraction
}

/** The price of a session with its parts. */
export interface SessionPrice {
  readonly kind: 'priced'
  readonly currency: string
  /** With min_price and max_price applied; the parts are not. */
  readonly total: Amount
  readonly fixed: Amount
  readonly energy: Amount
  readonly time: Amount
  readonly parking: Amount
  readonly reservation: Amount
  /** Quantities after step_size, in Wh and seconds. */
  readonly billed: { readonly energyWh: Fraction; readonly chargingS: Fraction; readonly parkingS: Fraction }
}

/** The price of a session, or why there is none. */
export type PriceOutcome = SessionPrice | { readonly kind: 'unpriced'; readonly reason: string }

/** The first element in order that has the dimension and whose restrictions hold (TAR-031). */
const activeComponent = (segment: Segment, dimension: Component['type']): Component | undefined => {
  for (const element of elementsFor(segment.tariff, segment.kind)) {
    const component = element.price_components.find((candidate) => candidate.type === dimension)
    if (component !== undefined && holds(element.restrictions, segment.circumstances)) return component
  }
  return undefined
}

const linesOf = (segments: readonly Segment[], part: Line['part'], dimension: Component['type']): Line[] => {
  const quantity = (s: Segment): Fraction =>
    part === 'reservation'
      ? s.reservedS
      : dimension === 'ENERGY'
        ? s.energyWh
        : dimension === 'TIME'
          ? s.chargingS
          : s.parkingS
  return segments.flatMap((segment) => {
    const component = activeComponent(segment, dimension)
    const amount = quantity(segment)
    if (component === undefined || amount.numerator === 0n) return []
    return [{ part, component, tariff: segment.tariff, quantity: amount }]
  })
}

/** The first FLAT that is active, once per session and once per reservation (tariffs 4.6, 4.8). */
const flatLine = (segments: readonly Segment[], part: 'fixed' | 'reservation'): Line[] => {
  for (const segment of segments) {
    const component = activeComponent(segment, 'FLAT')
    if (component !== undefined) return [{ part, component, tariff: segment.tariff, quantity: ONE }]
  }
  return []
}

/** Rounds the total of these lines up to the step of the last one, which takes the difference (TAR-075). */
const roundUp = (lines: readonly Line[]): readonly Line[] => {
  const last = lines.at(-1)
  if (last === undefined) return lines
  const total = lines.reduce((acc, line) => add(acc, line.quantity), ZERO)
  const step = last.component.step_size
  if (total.numerator <= 0n || step < 1) return lines
  const extra = subtract(ceilTo(total, fraction(step)), total)
  return [...lines.slice(0, -1), { ...last, quantity: add(last.quantity, extra) }]
}

/** Charging and parking share one rounding: that of the dimension that was priced last (TAR-076). */
const roundTimes = (segments: readonly Segment[], time: Line[], parking: Line[]) => {
  const lastWith = (dimension: Component['type'], used: (s: Segment) => Fraction): number =>
    segments.reduce(
      (found, segment, index) =>
        used(segment).numerator !== 0n && activeComponent(segment, dimension) !== undefined ? index : found,
      -1,
    )
  const parkingIsLast = lastWith('PARKING_TIME', (s) => s.parkingS) > lastWith('TIME', (s) => s.chargingS)
  return parkingIsLast
    ? { time, parking: roundUp(parking) }
    : { time: roundUp(time), parking: parking as readonly Line[] }
}

const UNIT: Readonly<Record<Component['type'], Fraction>> = {
  ENERGY: fraction(1000),
  TIME: fraction(3600),
  PARKING_TIME: fraction(3600),
  FLAT: ONE,
}

const total = (lines: readonly Line[]): Amount =>
  lines.reduce((acc, { component, quantity, tariff }) => {
    const product = divide(multiply(fraction(component.price), quantity), UNIT[component.type])
    return addAmounts(acc, amountOf(product, component.vat, tariff.tax_included))
  }, NO_AMOUNT)

const quantities = (lines: readonly Line[]): Fraction =>
  lines.reduce((acc, line) => add(acc, line.quantity), ZERO)

const obstacle = (input: PriceInput): string | undefined => {
  const currencies = new Set(input.tariffs.map((tariff) => tariff.currency))
  if (input.tariffs.length === 0) return 'no tariff'
  if (currencies.size > 1) return 'tariffs in several currencies'
  const wall = input.tariffs.some((tariff) =>
    tariff.elements.some(({ restrictions }) => restrictions !== undefined && needsTimeZone(restrictions)),
  )
  return wall && input.timeZone === undefined ? 'time zone of the location unknown' : undefined
}

/** Prices a session or CDR from its periods; never throws for well-formed documents. */
export const priceSession = (input: PriceInput): PriceOutcome => {
  const reason = obstacle(input)
  const [first] = input.tariffs
  if (reason !== undefined || first === undefined) return { kind: 'unpriced', reason: reason ?? 'no tariff' }
  const segments = segmentsOf(input)
  const charging = segments.filter((segment) => segment.kind === 'charging')
  const reserved = segments.filter((segment) => segment.kind !== 'charging')
  const energyLines = roundUp(linesOf(charging, 'energy', 'ENERGY'))
  const times = roundTimes(
    charging,
    linesOf(charging, 'time', 'TIME'),
    linesOf(charging, 'parking', 'PARKING_TIME'),
  )
  const parts = {
    fixed: total(flatLine(charging, 'fixed')),
    energy: total(energyLines),
    time: total(times.time),
    parking: total(times.parking),
    reservation: total([
      ...flatLine(reserved, 'reservation'),
      ...roundUp(linesOf(reserved, 'reservation', 'TIME')),
    ]),
  }
  const sum = Object.values(parts).reduce(addAmounts, NO_AMOUNT)
  return {
    kind: 'priced',
    currency: first.currency,
    total: charging.length === 0 ? sum : applyLimits(sum, segments.at(-1)?.tariff ?? first),
    ...parts,
    billed: {
      energyWh: quantities(energyLines),
      chargingS: quantities(times.time),
      parkingS: quantities(times.parking),
    },
  }
}
