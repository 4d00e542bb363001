import type { ocpi230 } from '@interwatt/protocol'
import { type AuthoringRefusal, authorPeriods } from '../authoring/author-periods.js'
import { priceSession, type SessionPrice } from '../price/price-session.js'
import type { SessionToPrice } from '../session/session.js'
import { type CompiledTariffs, compileTariffs, type Refusal } from '../tariff/compile-tariffs.js'
import { chooseTariff, type TariffChoice } from './choose-tariff.js'
import type { Case, ChargePlan } from './plan.js'
import { type SimulatedCharge, simulateCharge } from './simulate-charge.js'

/** Why there is no quote. `code` is stable; `message` is for people. */
export interface QuoteRefusal {
  readonly kind: 'refused'
  readonly code: Refusal['code'] | AuthoringRefusal['code'] | 'plan-impossible'
  readonly message: string
}

/** One case of a plan with its price. */
export interface Tried extends TariffChoice {
  readonly kind: 'tried'
  readonly given: Case
  readonly charge: SimulatedCharge
  readonly session: SessionToPrice
  readonly price: SessionPrice
  readonly energyKwh: number
}

const MS_PER_MINUTE = 60_000

/** An instant as documents write it. */
export const dateTime = (epochMs: number): string => new Date(epochMs).toISOString().replace('.000Z', 'Z')

const choiceAt = (plan: ChargePlan, at: string): TariffChoice | undefined =>
  chooseTariff(plan.tariffs, {
    at,
    ...(plan.type === undefined ? {} : { type: plan.type }),
    ...(plan.tariffIds === undefined ? {} : { ids: plan.tariffIds }),
  })

/** Compiles each tariff of a plan once. */
const compiling = (plan: ChargePlan): ((tariff: ocpi230.Tariff) => CompiledTariffs | Refusal) => {
  const known = new Map<ocpi230.Tariff, CompiledTariffs | Refusal>()
  return (tariff) => {
    const compiled =
      known.get(tariff) ??
      compileTariffs([tariff], {
        policy: { ...plan.policy, borders: 'given' },
        ...(plan.version === undefined ? {} : { version: plan.version }),
      })
    known.set(tariff, compiled)
    return compiled
  }
}

const priceCharge = (
  plan: ChargePlan,
  charge: SimulatedCharge,
  compiled: CompiledTariffs,
): Pick<Tried, 'session' | 'price' | 'energyKwh'> | QuoteRefusal => {
  const reservedMs = Math.round((plan.reservedMinutes ?? 0) * MS_PER_MINUTE)
  const periods = authorPeriods(charge.readings, {
    compiled,
    timeZone: plan.timeZone,
    reservation: reservedMs === 0 ? undefined : { from: dateTime(charge.startMs - reservedMs) },
  })
  if (periods.kind === 'refused') return periods
  const { start_date_time, end_date_time, charging_periods, energyKwh } = periods
  const stamps = { start_date_time, end_date_time }
  const session = { ...stamps, charging_periods, time_zone: plan.timeZone, outcome: 'used' } as const
  const price = priceSession(session, compiled)
  return price.kind === 'refused' ? price : { session, price, energyKwh }
}

/** Tries cases of one plan: charges in a simulation, writes the session, prices it. Throws as `simulateCharge` does. */
export const tryingOut = (plan: ChargePlan): ((given: Case) => Tried | QuoteRefusal) => {
  const compiledOf = compiling(plan)
  return (given) => {
    const charge = simulateCharge(plan, given)
    const at = dateTime(charge.startMs)
    const choice = choiceAt(plan, at)
    if (choice === undefined) {
      const message = `no tariff of type ${plan.type ?? 'REGULAR'} is in force at ${at}`
      return { kind: 'refused', code: 'no-tariff', message }
    }
    const compiled = compiledOf(choice.tariff)
    if (compiled.kind === 'refused') return compiled
    const priced = priceCharge(plan, charge, compiled)
    return 'price' in priced ? { kind: 'tried', given, ...choice, charge, ...priced } : priced
  }
}
