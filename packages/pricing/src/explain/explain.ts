import { ENERGY_PER_KWH, TICKS_PER_HOUR, TICKS_PER_MS, TICKS_PER_SECOND } from '../exact/grid.js'
import { numberOf, roundedUnits } from '../exact/money.js'
import { type Amount, addAmounts, NOTHING } from '../price/amounts.js'
import { candidatesFor, circumstancesAt, noCircumstances } from '../price/choose.js'
import type { Charge } from '../price/measure.js'
import type { Line, SessionPrice } from '../price/price-session.js'
import { type PublishedAmount, type PublishedTax, publish, publishAmount } from '../publish/publish.js'
import type { Component, Dimension } from '../tariff/compile-tariffs.js'
import type { Family } from '../tariff/family.js'
import { type Circumstances, failingRestriction, type RestrictionName } from '../tariff/restriction.js'
import { type ZoneClock, zoneClock } from '../zone/zone-clock.js'
import { dateText, instantText, timeOfDayText } from './instant-text.js'

/** An element that has the dimension and stands before the one that applied, and what of it did not hold. */
export interface PassedOver {
  /** JSON Pointer into the tariff. */
  readonly pointer: string
  readonly restriction: RestrictionName
  /** The bound as the tariff states it: a number, a time, a date, or weekdays. */
  readonly bound: unknown
  /** What was so instead, in the same terms; absent when it is not known. */
  readonly found?: number | string
}

/** A stretch of the session a line comes from. */
export interface Stretch {
  /** Index into the charging periods. */
  readonly period: number
  readonly from: string
  readonly to: string
}

/** What one price component charges, and why. */
export interface PriceLine {
  readonly type: Dimension
  readonly family: Family
  readonly tariff_id: string
  /** JSON Pointer of the component in its tariff. */
  readonly pointer: string
  /** kWh, hours, or 1 for a fee, to six decimals. */
  readonly measured: number
  readonly billed: number
  /** What the component rounds quantities up to, in Wh or seconds, where that made a difference. */
  readonly step_size?: number
  readonly price: number
  /** In percent; absent where no tax applies, also when the tariff names a rate there. */
  readonly vat?: number
  readonly before_taxes?: number
  readonly after_taxes?: number
  readonly stretches: readonly Stretch[]
  readonly passed_over: readonly PassedOver[]
}

/** What is left after the lines: a limit of the tariff, or rounding. */
export interface AdjustmentLine {
  readonly type: 'MIN_PRICE' | 'MAX_PRICE' | 'ROUNDING'
  readonly before_taxes?: number
  readonly after_taxes?: number
}

/** Whether a line is what a price component charges. */
export const isPriceLine = (line: PriceLine | AdjustmentLine): line is PriceLine => 'family' in line

/** A quantity that costs nothing because no element of the tariff prices it. */
export interface FreeQuantity {
  readonly type: Exclude<Dimension, 'FLAT'>
  readonly family: Family
  readonly measured: number
  readonly stretches: readonly Stretch[]
  readonly passed_over: readonly PassedOver[]
}

/** The totals of one dimension of a session. */
export interface DimensionTotal {
  readonly type: Dimension | 'RESERVATION_TIME'
  /** kWh or hours, priced or not; of fees their number. */
  readonly measured: number
  /** What is charged for, after `step_size`. */
  readonly billed: number
  readonly before_taxes?: number
  readonly after_taxes?: number
}

/** A price line by line. The sides of all lines add up to the total exactly, in decimal digits. */
export interface Explanation {
  readonly currency: string
  readonly total: PublishedAmount
  readonly taxes: readonly PublishedTax[]
  readonly dimensions: readonly DimensionTotal[]
  readonly lines: readonly (PriceLine | AdjustmentLine)[]
  readonly free: readonly FreeQuantity[]
}

/** The explanation of what has no price. */
export const noExplanation = (currency: string): Explanation => ({
  currency,
  total: {},
  taxes: [],
  dimensions: [],
  lines: [],
  free: [],
})

/** Amounts of lines are shown to a millionth of the currency; what that leaves is part of the rounding line. */
const LINE_DIGITS = 6

const QUANTITY_UNIT: Readonly<Record<Dimension, number>> = {
  FLAT: 1,
  ENERGY: ENERGY_PER_KWH,
  TIME: TICKS_PER_HOUR,
  PARKING_TIME: TICKS_PER_HOUR,
}

const quantity = (count: number, dimension: Dimension): number =>
  Math.round((count / QUANTITY_UNIT[dimension]) * 1e6) / 1e6

const WEEKDAY = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY']

const foundFor = (name: RestrictionName, at: Circumstances): number | string | undefined => {
  switch (name) {
    case 'start_time':
    case 'end_time':
      return timeOfDayText(at.localMs)
    case 'start_date':
    case 'end_date':
      return dateText(at.localMs)
    case 'day_of_week':
      return WEEKDAY[new Date(at.localMs).getUTCDay()]
    case 'min_kwh':
    case 'max_kwh':
      return at.energyBefore / ENERGY_PER_KWH
    case 'min_duration':
    case 'max_duration':
      return at.elapsedTicks / TICKS_PER_SECOND
    case 'min_power':
      return at.power?.min
    case 'max_power':
      return at.power?.max
    case 'min_current':
      return at.current?.min
    case 'max_current':
      return at.current?.max
  }
}

const pointerOf = ({ elementIndex, componentIndex }: Component): string =>
  `/elements/${elementIndex}/price_components/${componentIndex}`

/** Which elements with the dimension stood before the chosen one at the start of a segment, and why they did not hold. */
const passedOverAt = (
  told: Told,
  segmentIndex: number,
  family: Family,
  dimension: Dimension,
  chosen: Component | undefined,
): readonly PassedOver[] => {
  const { price } = told
  const segment = price.segments[segmentIndex]
  if (segment === undefined) return []
  const candidates = candidatesFor(price.compiled, segment.tariffIndex, family, dimension)
  if (candidates[0]?.component === chosen) return []
  const at = circumstancesOf(told, segmentIndex)
  const passed: PassedOver[] = []
  for (const { component, restriction } of candidates) {
    if (component === chosen) break
    const failing = restriction === undefined ? undefined : failingRestriction(restriction, at)
    if (failing === undefined) continue
    const element = price.compiled.tariffs[component.tariffIndex]?.tariff.elements[component.elementIndex]
    const found = foundFor(failing, at)
    passed.push({
      pointer: `/elements/${component.elementIndex}`,
      restriction: failing,
      bound: element?.restrictions?.[failing],
      ...(found === undefined ? {} : { found }),
    })
  }
  return passed
}

/** What several lines say of the same segment, made once. */
interface Told {
  readonly price: SessionPrice
  readonly clock: ZoneClock | undefined
  readonly stretches: (Stretch | undefined)[]
  readonly circumstances: (Circumstances | undefined)[]
}

const circumstancesOf = (told: Told, index: number): Circumstances => {
  const known = told.circumstances[index]
  if (known !== undefined) return known
  const segment = told.price.segments[index]
  const at = segment === undefined ? noCircumstances() : circumstancesAt(segment, told.clock)
  told.circumstances[index] = at
  return at
}

const stretchOf = ({ segments }: SessionPrice, index: number, before: Stretch | undefined): Stretch => {
  const { periodIndex = 0, startMs = 0, lengthTicks = 0 } = segments[index] ?? {}
  const endMs = startMs + lengthTicks / TICKS_PER_MS
  const previous = segments[index - 1]
  // A period begins where the one before it ends, nearly always.
  const joined = before !== undefined && previous !== undefined
  const meets = joined && previous.startMs + previous.lengthTicks / TICKS_PER_MS === startMs
  return { period: periodIndex, from: meets ? before.to : instantText(startMs), to: instantText(endMs) }
}

const stretchesOf = ({ price, stretches }: Told, segmentIndexes: readonly number[]): readonly Stretch[] =>
  segmentIndexes.map((index) => {
    const known = stretches[index]
    if (known !== undefined) return known
    const stretch = stretchOf(price, index, stretches[index - 1])
    stretches[index] = stretch
    return stretch
  })

const lineOf = (told: Told, { charge, amount }: Line): PriceLine => {
  const { component, family, measured, billed, segments } = charge
  const { compiled } = told.price
  const first = segments[0] ?? 0
  // A tariff that knows no taxes names rates for nothing.
  const vat = component.rate === undefined ? undefined : component.price.vat
  return {
    type: component.dimension,
    family,
    tariff_id: compiled.tariffs[component.tariffIndex]?.tariff.id ?? '',
    pointer: pointerOf(component),
    measured: quantity(measured, component.dimension),
    billed: quantity(billed, component.dimension),
    ...(measured === billed ? undefined : { step_size: component.stepSize }),
    price: component.price.price,
    ...(vat === undefined ? undefined : { vat }),
    ...publishAmount(amount, compiled.denominator, LINE_DIGITS, 'half-up'),
    stretches: stretchesOf(told, segments),
    passed_over: passedOverAt(told, first, family, component.dimension, component),
  }
}

/** A change in counts of the last digit that lines show. */
interface Change {
  readonly net: number | undefined
  readonly gross: number | undefined
}

/** What a change of the total shows on both sides, so that the lines printed so far and it add up. */
const adjustment = (type: AdjustmentLine['type'], { net, gross }: Change): readonly AdjustmentLine[] =>
  (net ?? 0) === 0 && (gross ?? 0) === 0
    ? []
    : [
        {
          type,
          ...(net === undefined ? {} : { before_taxes: numberOf(net, LINE_DIGITS) }),
          ...(gross === undefined ? {} : { after_taxes: numberOf(gross, LINE_DIGITS) }),
        },
      ]

const adjustmentsOf = (price: SessionPrice): readonly AdjustmentLine[] => {
  const { denominator } = price.compiled
  const shown = (value: bigint): number => roundedUnits(value, denominator, LINE_DIGITS, 'half-up')
  const changeOf = (before: bigint | undefined, after: bigint | undefined): number | undefined =>
    before === undefined || after === undefined
      ? undefined
      : before === after
        ? 0
        : shown(after) - shown(before)
  const change = {
    net: changeOf(price.subtotal.net, price.exactTotal.net),
    gross: changeOf(price.subtotal.gross, price.exactTotal.gross),
  }
  const roundingOf = (side: keyof Amount): number | undefined => {
    const total = price.total[side]
    if (total === undefined) return undefined
    let printed = change[side] ?? 0
    for (const { amount } of price.lines) {
      const value = amount[side]
      if (value === undefined) return undefined
      printed += shown(value)
    }
    return shown(total) - printed
  }
  const limit = price.limits.includes('max_price') ? 'MAX_PRICE' : 'MIN_PRICE'
  const rounding = { net: roundingOf('net'), gross: roundingOf('gross') }
  return [...adjustment(limit, change), ...adjustment('ROUNDING', rounding)]
}

const TYPES: readonly DimensionTotal['type'][] = [
  'FLAT',
  'ENERGY',
  'TIME',
  'PARKING_TIME',
  'RESERVATION_TIME',
]

const typeOf = ({ component }: Charge): DimensionTotal['type'] =>
  component.kind === 'ORDINARY' ? component.dimension : 'RESERVATION_TIME'

const dimensionOf = (price: SessionPrice, type: DimensionTotal['type']): DimensionTotal | undefined => {
  let seen = false
  let measured = 0
  let billed = 0
  let amount = NOTHING
  for (const line of price.lines) {
    if (typeOf(line.charge) !== type) continue
    seen = true
    amount = addAmounts(amount, line.amount)
    // The fee of a reservation has no quantity in hours.
    if (type === 'RESERVATION_TIME' && line.charge.component.dimension === 'FLAT') continue
    measured += line.charge.measured
    billed += line.charge.billed
  }
  for (const free of price.unpriced) {
    if ((free.family === 'charging' ? free.dimension : 'RESERVATION_TIME') !== type) continue
    seen = true
    measured += free.measured
  }
  if (!seen) return undefined
  const unit = type === 'RESERVATION_TIME' ? 'TIME' : type
  return {
    type,
    measured: quantity(measured, unit),
    billed: quantity(billed, unit),
    ...publishAmount(amount, price.compiled.denominator, LINE_DIGITS, 'half-up'),
  }
}

const dimensionsOf = (price: SessionPrice): readonly DimensionTotal[] =>
  TYPES.flatMap((type) => dimensionOf(price, type) ?? [])

/**
 * A price explained: for every line what was measured and billed, by which component, why that one and not those
 * before it. Pure data; `sentences` puts it into words. The time zone is that of the location, as it was priced.
 */
export const explain = (price: SessionPrice, timeZone?: string): Explanation => {
  const clock = timeZone === undefined ? undefined : zoneClock(timeZone)
  const told: Told = { price, clock, stretches: [], circumstances: [] }
  const { currency, total, taxes } = publish(price)
  return {
    currency,
    total,
    taxes,
    dimensions: dimensionsOf(price),
    lines: [...price.lines.map((line) => lineOf(told, line)), ...adjustmentsOf(price)],
    free: price.unpriced.map(({ family, dimension, measured, segments }) => ({
      type: dimension,
      family,
      measured: quantity(measured, dimension),
      stretches: stretchesOf(told, segments),
      passed_over: passedOverAt(told, segments[0] ?? 0, family, dimension, undefined),
    })),
  }
}
