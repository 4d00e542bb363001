import type { ocpi230 } from '@interwatt/protocol'
import { type AuthoringRefusal, authorPeriods } from '../authoring/author-periods.js'
import { addMoney, compareMoney, type Money } from '../exact/money.js'
import { type Explanation, explain } from '../explain/explain.js'
import { priceSession, type SessionPrice } from '../price/price-session.js'
import { type PublishedAmount, publish } from '../publish/publish.js'
import { instantOf, UnreadableTime } from '../session/instant.js'
import type { SessionToPrice } from '../session/session.js'
import { type CompiledTariffs, compileTariffs, type Refusal } from '../tariff/compile-tariffs.js'
import { chooseTariff } from './choose-tariff.js'
import { type Bounds, type Case, type ChargePlan, checkPlan, ImpossiblePlan } from './plan.js'
import { type SimulatedCharge, simulateCharge } from './simulate-charge.js'

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

/** What a planned charge costs. */
export interface Quote {
  readonly kind: 'quoted'
  readonly tariff: ocpi230.Tariff
  /** Others that fit as well as the chosen one; only their order decided. */
  readonly ties: readonly ocpi230.Tariff[]
  readonly currency: string
  /** As planned. */
  readonly total: PublishedAmount
  readonly explanation: Explanation
  readonly energyKwh: number
  readonly startsAt: string
  /** When the goal is reached, and how many whole seconds that takes. */
  readonly chargedAt: string
  readonly chargingSeconds: number
  /** When the plug is pulled. */
  readonly endsAt: string
  readonly range: QuoteRange
  /** The session as planned, and its exact price. */
  readonly session: SessionToPrice
  readonly price: SessionPrice
}

/** Why there is no quote. `code` is stable; `message` is for people. */
export interface QuoteRefusal {
  readonly kind: 'refused'
  readonly code: Refusal['code'] | AuthoringRefusal['code'] | 'plan-impossible'
  readonly message: string
}

/** A quote, or why there is none. */
export type QuoteOutcome = Quote | QuoteRefusal

interface Tried {
  readonly kind: 'tried'
  readonly tariff: ocpi230.Tariff
  readonly ties: readonly ocpi230.Tariff[]
  readonly charge: SimulatedCharge
  readonly session: SessionToPrice
  readonly price: SessionPrice
  readonly energyKwh: number
}

const dateTime = (epochMs: number): string => new Date(epochMs).toISOString().replace('.000Z', 'Z')

const MS_PER_MINUTE = 60_000

/** Tries cases of one plan; each tariff is compiled once. */
const tryingOut = (plan: ChargePlan): ((given: Case) => Tried | QuoteRefusal) => {
  const compiledTariffs = new Map<ocpi230.Tariff, CompiledTariffs | Refusal>()
  const compiledOf = (tariff: ocpi230.Tariff): CompiledTariffs | Refusal => {
    const known = compiledTariffs.get(tariff)
    if (known !== undefined) return known
    const compiled = compileTariffs([tariff], {
      policy: { ...plan.policy, borders: 'given' },
      ...(plan.version === undefined ? {} : { version: plan.version }),
    })
    compiledTariffs.set(tariff, compiled)
    return compiled
  }
  return (given) => {
    const charge = simulateCharge(plan, given)
    const at = dateTime(charge.startMs)
    const choice = chooseTariff(plan.tariffs, {
      at,
      ...(plan.type === undefined ? {} : { type: plan.type }),
      ...(plan.tariffIds === undefined ? {} : { ids: plan.tariffIds }),
    })
    if (choice === undefined)
      return {
        kind: 'refused',
        code: 'no-tariff',
        message: `no tariff of type ${plan.type ?? 'REGULAR'} is in force at ${at}`,
      }
    const compiled = compiledOf(choice.tariff)
    if (compiled.kind === 'refused') return compiled
    const reservedMs = Math.round((plan.reservedMinutes ?? 0) * MS_PER_MINUTE)
    const periods = authorPeriods(charge.readings, {
      compiled,
      timeZone: plan.timeZone,
      reservation: reservedMs === 0 ? undefined : { from: dateTime(charge.startMs - reservedMs) },
    })
    if (periods.kind === 'refused') return periods
    const { start_date_time, end_date_time, charging_periods, energyKwh } = periods
    const session = {
      start_date_time,
      end_date_time,
      charging_periods,
      time_zone: plan.timeZone,
      outcome: 'used',
    } as const
    const price = priceSession(session, compiled)
    if (price.kind === 'refused') return price
    return { kind: 'tried', ...choice, charge, session, price, energyKwh }
  }
}

/** What a driver pays: with tax where that is known. */
export const payable = ({ exactTotal, compiled }: SessionPrice): Money => ({
  numerator: exactTotal.gross ?? exactTotal.net ?? 0n,
  denominator: compiled.denominator,
})

const NAMES: Readonly<Record<Unknown, keyof Case>> = {
  power: 'powerPercent',
  parking: 'parkingMinutes',
  start: 'startDelayMinutes',
}

const UNKNOWNS = ['power', 'parking', 'start'] as const

const VALUES_TRIED = 9

const valuesOf = ({ from, to }: Bounds): readonly number[] =>
  from === to
    ? [from]
    : Array.from({ length: VALUES_TRIED }, (_, index) => from + ((to - from) * index) / (VALUES_TRIED - 1))

const cheaper = (a: Tried, b: Tried): Tried => (compareMoney(payable(b.price), payable(a.price)) < 0 ? b : a)
const dearer = (a: Tried, b: Tried): Tried => (compareMoney(payable(b.price), payable(a.price)) > 0 ? b : a)

const amountOf = ({ price }: Tried): PublishedAmount => publish(price).total

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

const sameMoney = (a: Tried, b: Tried): boolean => compareMoney(payable(a.price), payable(b.price)) === 0

const rangeOf = (
  plan: ChargePlan,
  planned: Case,
  expected: Tried,
  tryOut: (given: Case) => Tried | QuoteRefusal,
): QuoteRange => {
  let complete = true
  const priced = (given: Case): Tried | undefined => {
    const tried = tryOut(given)
    if (tried.kind === 'tried' && tried.price.compiled.currency === expected.price.compiled.currency)
      return tried
    complete = false
    return undefined
  }
  const dependsOn: Dependence[] = []
  const worthTrying: Record<keyof Case, readonly number[]> = {
    powerPercent: [planned.powerPercent],
    parkingMinutes: [planned.parkingMinutes],
    startDelayMinutes: [planned.startDelayMinutes],
  }
  for (const unknown of UNKNOWNS) {
    const name = NAMES[unknown]
    const bounds = plan.unknown?.[name]
    if (bounds === undefined) continue
    let [low, high] = [expected, expected]
    let [lowAt, highAt] = [planned[name], planned[name]]
    for (const value of valuesOf(bounds)) {
      const tried = priced({ ...planned, [name]: value })
      if (tried === undefined) continue
      if (cheaper(low, tried) !== low) [low, lowAt] = [tried, value]
      if (dearer(high, tried) !== high) [high, highAt] = [tried, value]
    }
    worthTrying[name] = [...new Set([planned[name], bounds.from, bounds.to, lowAt, highAt])]
    if (!sameMoney(low, high))
      dependsOn.push({ unknown, low: amountOf(low), high: amountOf(high), lowAt, highAt })
  }
  let [low, high] = [expected, expected]
  for (const one of combinations(worthTrying)) {
    const tried = priced(one)
    if (tried === undefined) continue
    low = cheaper(low, tried)
    high = dearer(high, tried)
  }
  return { low: amountOf(low), high: amountOf(high), dependsOn, complete }
}

const quoted = (plan: ChargePlan): QuoteOutcome => {
  checkPlan(plan)
  instantOf(plan.start)
  const planned: Case = {
    powerPercent: 100,
    parkingMinutes: plan.parkingMinutes ?? 0,
    startDelayMinutes: 0,
  }
  const tryOut = tryingOut(plan)
  const expected = tryOut(planned)
  if (expected.kind === 'refused') return expected
  const { tariff, ties, charge, price, session, energyKwh } = expected
  const { currency, total } = publish(price)
  return {
    kind: 'quoted',
    tariff,
    ties,
    currency,
    total,
    explanation: explain(price, plan.timeZone),
    energyKwh,
    startsAt: dateTime(charge.startMs),
    chargedAt: dateTime(charge.chargedMs),
    chargingSeconds: (charge.chargedMs - charge.startMs) / 1000,
    endsAt: dateTime(charge.endMs),
    range: rangeOf(plan, planned, expected, tryOut),
    session,
    price,
  }
}

/**
 * The price of a planned charge: the tariff is chosen as for a session, the car charged in a simulation (whole seconds,
 * whole watt-hours), and the session written and priced as it would be in a CDR, so a quote and the CDR of a charge that
 * went as planned agree to the cent. Where the plan names unknowns, `range` says between which prices it may end. Refuses
 * plans that cannot be carried out or priced. Never throws.
 */
export const quote = (plan: ChargePlan): QuoteOutcome => {
  try {
    return quoted(plan)
  } catch (error) {
    if (error instanceof ImpossiblePlan)
      return { kind: 'refused', code: 'plan-impossible', message: error.message }
    if (error instanceof UnreadableTime)
      return { kind: 'refused', code: 'time-unreadable', message: error.message }
    throw error
  }
}

/** The difference of two amounts, the first less the second. */
export const moneyDifference = (a: Money, b: Money): Money =>
  addMoney(a, { numerator: -b.numerator, denominator: b.denominator })
