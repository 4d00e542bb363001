import { add, decimal, divide, type ocpi230, subtract, toNumber, type VersionId } from '@interwatt/protocol'
import type { PricingPolicy } from '../policy/policy.js'
import { priceSession } from '../price/price-session.js'
import { type PublishedAmount, publish } from '../publish/publish.js'
import type { SessionToPrice } from '../session/session.js'
import { compileTariffs } from '../tariff/compile-tariffs.js'
import { currencyDigits } from '../tariff/currency.js'
import { MS_PER_DAY, WEEKDAYS } from '../tariff/restriction.js'
import { type ZoneClock, zoneClock } from '../zone/zone-clock.js'
import { TYPICAL_SESSIONS, type TypicalSession, type TypicalStretch } from './typical-sessions.js'

/** How tariffs are rehearsed. */
export interface RehearsalOptions {
  /** IANA name of the zone the sessions are in. Default Europe/Berlin. */
  readonly timeZone?: string
  /** A day of the week in which they take place, `YYYY-MM-DD`; matters for dates of restrictions. Default 2026-03-02. */
  readonly weekOf?: string
  readonly policy?: Partial<PricingPolicy>
  /** The version the tariff came in. Default 2.3.0. */
  readonly version?: VersionId
  /** The version the replaced tariff came in. Default that of the tariff. */
  readonly replacedVersion?: VersionId
  /** Other sessions than the typical ones. */
  readonly sessions?: readonly TypicalSession[]
}

/** What a session costs, or why that is not known. */
export type RehearsedCost =
  | ({ readonly kind: 'priced' } & PublishedAmount)
  | { readonly kind: 'refused'; readonly message: string }

/** The side of amounts that can be compared over all sessions. */
export type RehearsalSide = 'after_taxes' | 'before_taxes'

/** One session under the tariff, and under the one it replaces. */
export interface RehearsedSession {
  readonly session: TypicalSession
  readonly cost: RehearsedCost
  /** Under the tariff it replaces; absent where there is none. */
  readonly replaced?: RehearsedCost
  /** How much dearer it becomes, on the side of the rehearsal; absent where that cannot be told. */
  readonly difference?: number
}

/** Means over the sessions that could be compared, rounded to the currency. */
export interface RehearsalAverages {
  readonly sessions: number
  readonly cost: number
  readonly replaced?: number
  readonly difference?: number
}

/** Typical sessions under a tariff. */
export interface Rehearsal {
  readonly currency: string
  readonly timeZone: string
  /** Undefined when neither side is known for all sessions. */
  readonly side?: RehearsalSide
  readonly sessions: readonly RehearsedSession[]
  readonly averages?: RehearsalAverages
  /** Why there are no differences although there is a tariff that is replaced. */
  readonly incomparable?: string
}

const DEFAULT_ZONE = 'Europe/Berlin'
const DEFAULT_WEEK = '2026-03-02'

/** The Monday of the week of a day, as milliseconds of local time. */
const mondayOf = (day: string): number => {
  const given = Date.parse(`${day}T00:00:00Z`)
  const at = Number.isNaN(given) ? Date.parse(`${DEFAULT_WEEK}T00:00:00Z`) : given
  return at - ((new Date(at).getUTCDay() + 6) % 7) * MS_PER_DAY
}

/** The instant of a local wall time; where clocks are changed, one of those it may be. */
const instantOf = (localMs: number, clock: ZoneClock): number =>
  localMs - clock.offsetMsAt(localMs - clock.offsetMsAt(localMs))

const DIMENSION = { reserved: 'RESERVATION_TIME', charging: 'TIME', parking: 'PARKING_TIME' } as const

const dimensionsOf = ({ as, minutes, kwh, amperes }: TypicalStretch): ocpi230.CdrDimension[] => [
  { type: DIMENSION[as], volume: Math.round((minutes / 60) * 1e9) / 1e9 },
  ...(kwh === undefined ? [] : [{ type: 'ENERGY' as const, volume: kwh }]),
  ...(amperes === undefined
    ? []
    : [
        { type: 'MIN_CURRENT' as const, volume: amperes },
        { type: 'MAX_CURRENT' as const, volume: amperes },
      ]),
]

const textOf = (epochMs: number): string => `${new Date(epochMs).toISOString().slice(0, 19)}Z`

const sessionToPrice = (typical: TypicalSession, mondayMs: number, clock: ZoneClock): SessionToPrice => {
  const { day, time } = typical.start
  const [hours, minutes] = [Number(time.slice(0, 2)), Number(time.slice(3, 5))]
  const local = mondayMs + WEEKDAYS.indexOf(day) * MS_PER_DAY + (hours * 60 + minutes) * 60_000
  const start = instantOf(local, clock)
  let at = start
  const charging_periods = typical.stretches.map((stretch): ocpi230.ChargingPeriod => {
    const start_date_time = textOf(at)
    at += stretch.minutes * 60_000
    return { start_date_time, dimensions: dimensionsOf(stretch) }
  })
  return {
    start_date_time: textOf(start),
    end_date_time: textOf(at),
    charging_periods,
    time_zone: clock.timeZone,
    outcome: typical.outcome,
  }
}

type Pricer = (session: SessionToPrice) => RehearsedCost

const pricerOf = (tariff: ocpi230.Tariff, { policy, version }: RehearsalOptions): Pricer => {
  // A quote: prices change inside of a period, where no border was placed yet (4.3).
  const compiled = compileTariffs([tariff], {
    policy: { borders: 'cut', ...policy },
    ...(version === undefined ? {} : { version }),
  })
  return (session) => {
    if (compiled.kind === 'refused') return { kind: 'refused', message: compiled.message }
    const price = priceSession(session, compiled)
    return price.kind === 'refused'
      ? { kind: 'refused', message: price.message }
      : { kind: 'priced', ...publish(price).total }
  }
}

const sideOf = (costs: readonly RehearsedCost[]): RehearsalSide | undefined => {
  const priced = costs.flatMap((cost) => (cost.kind === 'priced' ? [cost] : []))
  if (priced.length === 0) return undefined
  return (['after_taxes', 'before_taxes'] as const).find((side) =>
    priced.every((cost) => cost[side] !== undefined),
  )
}

const amountOf = (cost: RehearsedCost | undefined, side: RehearsalSide | undefined): number | undefined =>
  cost?.kind === 'priced' && side !== undefined ? cost[side] : undefined

const meanOf = (amounts: readonly number[], digits: number): number => {
  const sum = amounts.reduce((before, amount) => add(before, decimal(amount)), decimal(0))
  return toNumber(divide(sum, decimal(amounts.length), digits))
}

const averagesOf = (
  rows: readonly RehearsedSession[],
  side: RehearsalSide | undefined,
  digits: number,
): RehearsalAverages | undefined => {
  const compares = rows.some(({ difference }) => difference !== undefined)
  const counted = rows.filter(({ cost, difference }) =>
    compares ? difference !== undefined : amountOf(cost, side) !== undefined,
  )
  if (counted.length === 0) return undefined
  const mean = (of: (row: RehearsedSession) => number | undefined): number =>
    meanOf(
      counted.map((row) => of(row) ?? 0),
      digits,
    )
  const cost = mean((row) => amountOf(row.cost, side))
  if (!compares) return { sessions: counted.length, cost }
  return {
    sessions: counted.length,
    cost,
    replaced: mean((row) => amountOf(row.replaced, side)),
    difference: mean(({ difference }) => difference),
  }
}

const pricedUnder = (
  tariff: ocpi230.Tariff,
  replaced: ocpi230.Tariff | undefined,
  options: RehearsalOptions,
  clock: ZoneClock,
): readonly RehearsedSession[] => {
  const mondayMs = mondayOf(options.weekOf ?? DEFAULT_WEEK)
  const version = options.replacedVersion ?? options.version
  const price = pricerOf(tariff, options)
  const priceBefore =
    replaced === undefined
      ? undefined
      : pricerOf(replaced, { ...options, ...(version === undefined ? {} : { version }) })
  return (options.sessions ?? TYPICAL_SESSIONS).map((session) => {
    const given = sessionToPrice(session, mondayMs, clock)
    const before = priceBefore?.(given)
    return { session, cost: price(given), ...(before === undefined ? {} : { replaced: before }) }
  })
}

const withDifference = (one: RehearsedSession, side: RehearsalSide | undefined): RehearsedSession => {
  const [now, before] = [amountOf(one.cost, side), amountOf(one.replaced, side)]
  return now === undefined || before === undefined
    ? one
    : { ...one, difference: toNumber(subtract(decimal(now), decimal(before))) }
}

const reasonAgainst = (
  tariff: ocpi230.Tariff,
  replaced: ocpi230.Tariff | undefined,
  side: RehearsalSide | undefined,
): string | undefined => {
  if (replaced === undefined) return undefined
  if (replaced.currency !== tariff.currency)
    return `the tariffs are in ${tariff.currency} and ${replaced.currency}`
  return side === undefined ? 'the tariffs state different sides of their taxes' : undefined
}

/**
 * What typical sessions cost under a tariff, and under the one it replaces: each session, the difference, and means.
 * A time zone that is none is taken as the default. Never throws.
 */
export const rehearse = (
  tariff: ocpi230.Tariff,
  replaced?: ocpi230.Tariff,
  options: RehearsalOptions = {},
): Rehearsal => {
  const clock = zoneClock(options.timeZone ?? DEFAULT_ZONE) ?? zoneClock(DEFAULT_ZONE)
  const costs = clock === undefined ? [] : pricedUnder(tariff, replaced, options, clock)
  const sameCurrency = replaced === undefined || replaced.currency === tariff.currency
  const others = sameCurrency ? costs.flatMap((one) => one.replaced ?? []) : []
  const side = sideOf([...costs.map(({ cost }) => cost), ...others])
  const sessions = sameCurrency ? costs.map((one) => withDifference(one, side)) : costs
  const averages = averagesOf(sessions, side, currencyDigits(tariff.currency))
  const incomparable = reasonAgainst(tariff, replaced, side)
  return {
    currency: tariff.currency,
    timeZone: clock?.timeZone ?? DEFAULT_ZONE,
    ...(side === undefined ? {} : { side }),
    sessions,
    ...(averages === undefined ? {} : { averages }),
    ...(incomparable === undefined ? {} : { incomparable }),
  }
}
