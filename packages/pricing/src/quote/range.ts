import { compareMoney } from '../exact/money.js'
import { type PublishedAmount, publish } from '../publish/publish.js'
import { payable } from './payable.js'
import type { Bounds, Case, Unknowns } from './plan.js'
import type { Tried } from './try-case.js'

/** What a price depends on that nobody knows beforehand. */
export type Unknown = 'power' | 'parking' | 'start'

/** What one unknown alone does to a price. */
export interface Dependence {
  readonly unknown: Unknown
  readonly low: PublishedAmount
  readonly high: PublishedAmount
  /** Percent of the power, minutes of parking or minutes of delay at which it is lowest and highest. */
  readonly lowAt: number
  readonly highAt: number
}

/** Between which prices a plan may end, as far as tried: both ends of every unknown, and values between them. */
export interface QuoteRange {
  readonly low: PublishedAmount
  readonly high: PublishedAmount
  /** The unknowns that change the price; empty when none does. */
  readonly dependsOn: readonly Dependence[]
  /** False when some cases have no price in this currency, such as after the last tariff has ended. */
  readonly complete: boolean
}

const UNKNOWNS: readonly (readonly [Unknown, keyof Case & keyof Unknowns])[] = [
  ['power', 'powerPercent'],
  ['parking', 'parkingMinutes'],
  ['start', 'startDelayMinutes'],
]

const VALUES_TRIED = 9

const valuesOf = ({ from, to }: Bounds): readonly number[] =>
  from === to
    ? [from]
    : Array.from({ length: VALUES_TRIED }, (_, index) => from + ((to - from) * index) / (VALUES_TRIED - 1))

/** The cheapest and the dearest of several cases; the first of equal ones. */
interface Extremes {
  readonly low: Tried
  readonly high: Tried
}

const compared = (a: Tried, b: Tried): number => compareMoney(payable(a.price), payable(b.price))

const wider = ({ low, high }: Extremes, tried: Tried): Extremes => ({
  low: compared(tried, low) < 0 ? tried : low,
  high: compared(tried, high) > 0 ? tried : high,
})

const amountsOf = ({ low, high }: Extremes) => ({
  low: publish(low.price).total,
  high: publish(high.price).total,
})

/** All ways to take one of the values of each. */
const combinations = (values: Readonly<Record<keyof Case, readonly number[]>>): readonly Case[] =>
  values.powerPercent.flatMap((powerPercent) =>
    values.parkingMinutes.flatMap((parkingMinutes) =>
      values.startDelayMinutes.map((startDelayMinutes) => ({
        powerPercent,
        parkingMinutes,
        startDelayMinutes,
      })),
    ),
  )

/**
 * Tries what the unknowns may turn out to be: each by itself, then together at the values where it matters. `priced`
 * gives a case its price, or undefined.
 */
export const rangeOf = (
  expected: Tried,
  unknown: Unknowns,
  priced: (given: Case) => Tried | undefined,
): QuoteRange => {
  const planned = expected.given
  let complete = true
  const extremesOf = (cases: readonly Case[]): Extremes =>
    cases.reduce<Extremes>(
      (extremes, given) => {
        const tried = priced(given)
        complete &&= tried !== undefined
        return tried === undefined ? extremes : wider(extremes, tried)
      },
      { low: expected, high: expected },
    )
  const dependsOn: Dependence[] = []
  const worthTrying: Record<keyof Case, readonly number[]> = {
    powerPercent: [planned.powerPercent],
    parkingMinutes: [planned.parkingMinutes],
    startDelayMinutes: [planned.startDelayMinutes],
  }
  for (const [name, field] of UNKNOWNS) {
    const bounds = unknown[field]
    if (bounds === undefined) continue
    const alone = extremesOf(valuesOf(bounds).map((value) => ({ ...planned, [field]: value })))
    const [lowAt, highAt] = [alone.low.given[field], alone.high.given[field]]
    worthTrying[field] = [...new Set([planned[field], bounds.from, bounds.to, lowAt, highAt])]
    if (compared(alone.low, alone.high) !== 0)
      dependsOn.push({ unknown: name, ...amountsOf(alone), lowAt, highAt })
  }
  return { ...amountsOf(extremesOf(combinations(worthTrying))), dependsOn, complete }
}
