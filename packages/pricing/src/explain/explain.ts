import { ENERGY_PER_KWH, TICKS_PER_HOUR, TICKS_PER_MS, TICKS_PER_SECOND } from '../exact/grid.js'
import { numberOf } from '../exact/money.js'
import type { Amount } from '../price/amounts.js'
import { candidatesFor, circumstancesAt } from '../price/choose.js'
import type { Charge } from '../price/measure.js'
import type { Line, SessionPrice } from '../price/price-session.js'
import {
  type PublishedAmount,
  type PublishedTax,
  publish,
  publishAmount,
  unitsOf,
} from '../publish/publish.js'
import type { Component, Dimension } from '../tariff/compile-tariffs.js'
import type { Family } from '../tariff/family.js'
import { type Circumstances, failingRestriction, type RestrictionName } from '../tariff/restriction.js'
import { zoneClock } from '../zone/zone-clock.js'

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

const instantText = (epochMs: number): string => {
  const text = new Date(Math.round(epochMs)).toISOString()
  return text.endsWith('.000Z') ? `${text.slice(0, 19)}Z` : text
}

const localText = (localMs: number): string => new Date(localMs).toISOString()

const WEEKDAY = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY']

const foundFor = (name: RestrictionName, at: Circumstances): number | string | undefined => {
  switch (name) {
    case 'start_time':
    case 'end_time':
      return localText(at.localMs).slice(11, 16)
    case 'start_date':
    case 'end_date':
      return localText(at.localMs).slice(0, 10)
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
  price: SessionPrice,
  segmentIndex: number,
  family: Family,
  dimension: Dimension,
  chosen: Component | undefined,
  at: Circumstances,
): readonly PassedOver[] => {
  const segment = price.segments[segmentIndex]
  if (segment === undefined) return []
  const passed: PassedOver[] = []
  for (const { component, restriction } of candidatesFor(
    price.compiled,
    segment.tariffIndex,
    family,
    dimension,
  )) {
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

const stretchesOf = (price: SessionPrice, segmentIndexes: readonly number[]): readonly Stretch[] =>
  segmentIndexes.flatMap((index) => {
    const segment = price.segments[index]
    if (segment === undefined) return []
    const { periodIndex, startMs, lengthTicks } = segment
    return [
      {
        period: periodIndex,
        from: instantText(startMs),
        to: instantText(startMs + lengthTicks / TICKS_PER_MS),
      },
    ]
  })

const lineOf = (
  price: SessionPrice,
  { charge, amount }: Line,
  at: (index: number) => Circumstances,
): PriceLine => {
  const { component, family, measured, billed, segments } = charge
  const { compiled } = price
  const first = segments[0] ?? 0
  const { vat } = component.price
  return {
    type: component.dimension,
    family,
    tariff_id: compiled.tariffs[component.tariffIndex]?.tariff.id ?? '',
    pointer: pointerOf(component),
    measured: quantity(measured, component.dimension),
    billed: quantity(billed, component.dimension),
    ...(measured === billed ? {} : { step_size: component.stepSize }),
    price: component.price.price,
    ...(vat === undefined ? {} : { vat }),
    ...publishAmount(amount, compiled.denominator, LINE_DIGITS, 'half-up'),
    stretches: stretchesOf(price, segments),
    passed_over: passedOverAt(price, first, family, component.dimension, component, at(first)),
  }
}

type Side = keyof Amount

/** What a change of the total shows on both sides, so that the lines printed so far and it add up. */
const adjustment = (
  type: AdjustmentLine['type'],
  sides: Readonly<Record<Side, bigint | undefined>>,
): readonly AdjustmentLine[] => {
  const { net, gross } = sides
  if ((net ?? 0n) === 0n && (gross ?? 0n) === 0n) return []
  return [
    {
      type,
      ...(net === undefined ? {} : { before_taxes: numberOf(net, LINE_DIGITS) }),
      ...(gross === undefined ? {} : { after_taxes: numberOf(gross, LINE_DIGITS) }),
    },
  ]
}

const adjustmentsOf = (price: SessionPrice): readonly AdjustmentLine[] => {
  const { denominator } = price.compiled
  const shown = (value: bigint): bigint => unitsOf(value, denominator, LINE_DIGITS, 'half-up')
  const both = (of: (side: Side) => bigint | undefined) => ({ net: of('net'), gross: of('gross') })
  const change = both((side) => {
    const [before, after] = [price.subtotal[side], price.exactTotal[side]]
    return before === undefined || after === undefined ? undefined : shown(after) - shown(before)
  })
  const rounding = both((side) => {
    const total = price.total[side]
    const amounts = price.lines.map(({ amount }) => amount[side])
    if (total === undefined || amounts.some((amount) => amount === undefined)) return undefined
    const printed = amounts.reduce<bigint>((sum, amount) => sum + shown(amount ?? 0n), 0n)
    return shown(total) - printed - (change[side] ?? 0n)
  })
  const limit = price.limits.includes('max_price') ? 'MAX_PRICE' : 'MIN_PRICE'
  return [...adjustment(limit, change), ...adjustment('ROUNDING', rounding)]
}

const isReservation = ({ component }: Charge): boolean => component.kind !== 'ORDINARY'

const dimensionsOf = (price: SessionPrice): readonly DimensionTotal[] => {
  const types: readonly DimensionTotal['type'][] = [
    'FLAT',
    'ENERGY',
    'TIME',
    'PARKING_TIME',
    'RESERVATION_TIME',
  ]
  const typeOf = (charge: Charge): DimensionTotal['type'] =>
    isReservation(charge) ? 'RESERVATION_TIME' : charge.component.dimension
  return types.flatMap((type): DimensionTotal[] => {
    const lines = price.lines.filter(({ charge }) => typeOf(charge) === type)
    const free = price.unpriced.filter(({ family, dimension }) =>
      family === 'charging' ? dimension === type : type === 'RESERVATION_TIME',
    )
    if (lines.length === 0 && free.length === 0) return []
    // The fee of a reservation has no quantity in hours.
    const counted = lines.filter(({ charge }) => type === 'FLAT' || charge.component.dimension !== 'FLAT')
    const unit = type === 'RESERVATION_TIME' ? 'TIME' : type
    const total = (of: (charge: Charge) => number): number =>
      counted.reduce((sum, { charge }) => sum + of(charge), 0)
    const unpriced = free.reduce((sum, { measured }) => sum + measured, 0)
    const amount = lines.reduce<Amount>(
      (sum, line) => ({
        net: sum.net === undefined || line.amount.net === undefined ? undefined : sum.net + line.amount.net,
        gross:
          sum.gross === undefined || line.amount.gross === undefined
            ? undefined
            : sum.gross + line.amount.gross,
      }),
      { net: 0n, gross: 0n },
    )
    return [
      {
        type,
        measured: quantity(total(({ measured }) => measured) + unpriced, unit),
        billed: quantity(
          total(({ billed }) => billed),
          unit,
        ),
        ...publishAmount(amount, price.compiled.denominator, LINE_DIGITS, 'half-up'),
      },
    ]
  })
}

/**
 * A price explained: for every line what was measured and billed, by which component, why that one and not those
 * before it. Pure data; `sentences` puts it into words. The time zone is that of the location, as it was priced.
 */
export const explain = (price: SessionPrice, timeZone?: string): Explanation => {
  const clock = timeZone === undefined ? undefined : zoneClock(timeZone)
  const at = (index: number): Circumstances => {
    const segment = price.segments[index]
    return segment === undefined
      ? { localMs: 0, elapsedTicks: 0, energyBefore: 0, power: undefined, current: undefined }
      : circumstancesAt(segment, clock)
  }
  const { currency, total, taxes } = publish(price)
  return {
    currency,
    total,
    taxes,
    dimensions: dimensionsOf(price),
    lines: [...price.lines.map((line) => lineOf(price, line, at)), ...adjustmentsOf(price)],
    free: price.unpriced.map(({ family, dimension, measured, segments }) => ({
      type: dimension,
      family,
      measured: quantity(measured, dimension),
      stretches: stretchesOf(price, segments),
      passed_over: passedOverAt(price, segments[0] ?? 0, family, dimension, undefined, at(segments[0] ?? 0)),
    })),
  }
}
