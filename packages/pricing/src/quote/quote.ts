import type { ocpi230 } from '@interwatt/protocol'
import { type Explanation, explain } from '../explain/explain.js'
import type { SessionPrice } from '../price/price-session.js'
import { type PublishedAmount, publish } from '../publish/publish.js'
import { instantOf, UnreadableTime } from '../session/instant.js'
import type { SessionToPrice } from '../session/session.js'
import { type Case, type ChargePlan, checkPlan, ImpossiblePlan } from './plan.js'
import { type QuoteRange, rangeOf } from './range.js'
import { dateTime, type QuoteRefusal, type Tried, tryingOut } from './try-case.js'

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

/** A quote, or why there is none. */
export type QuoteOutcome = Quote | QuoteRefusal

const quoteOf = (plan: ChargePlan, expected: Tried, range: QuoteRange): Quote => {
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
    range,
    session,
    price,
  }
}

/** A case that nobody can carry out, such as a month of charging at little power, is none; the plan itself may well be. */
const triedOrNot = (tryOut: ReturnType<typeof tryingOut>, given: Case): Tried | QuoteRefusal | undefined => {
  try {
    return tryOut(given)
  } catch (error) {
    if (error instanceof ImpossiblePlan) return undefined
    throw error
  }
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
  const { currency } = expected.price.compiled
  const range = rangeOf(expected, plan.unknown ?? {}, (given) => {
    const tried = triedOrNot(tryOut, given)
    return tried?.kind === 'tried' && tried.price.compiled.currency === currency ? tried : undefined
  })
  return quoteOf(plan, expected, range)
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
