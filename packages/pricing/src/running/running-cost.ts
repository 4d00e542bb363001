import { type ocpi230, toNumber } from '@interwatt/protocol'
import { decimalOf, energyOf, OutOfRange } from '../exact/grid.js'
import { type PriceOutcome, priceSession } from '../price/price-session.js'
import { instantOf, UnreadableTime } from '../session/instant.js'
import type { SessionToPrice } from '../session/session.js'
import type { CompiledTariffs } from '../tariff/compile-tariffs.js'

/** A session as it is told while it runs: periods may be missing, or lag behind its meter. */
export type RunningSession = Pick<
  ocpi230.Session,
  'start_date_time' | 'end_date_time' | 'kwh' | 'charging_periods' | 'last_updated'
>

/** What a running cost was computed from: the periods of the session, or its meter alone. */
export type RunningBasis = 'periods' | 'meter'

/** The cost of a session so far. */
export interface RunningCost {
  readonly basis: RunningBasis
  /** The moment up to which it is priced. */
  readonly until: string
  readonly price: PriceOutcome
}

const MS_PER_HOUR = 3_600_000
const BILLIONTHS = 1e9

/** Hours between two instants, to a billionth: a length in milliseconds divides no finer. */
const hoursBetween = (fromMs: number, toMs: number): number =>
  Math.round((Math.max(0, toMs - fromMs) / MS_PER_HOUR) * BILLIONTHS) / BILLIONTHS

const energyIn = (periods: readonly ocpi230.ChargingPeriod[]): number =>
  periods.reduce(
    (sum, { dimensions }) =>
      dimensions.reduce(
        (inner, { type, volume }) => (type === 'ENERGY' ? inner + energyOf(volume) : inner),
        sum,
      ),
    0,
  )

const kwhOf = (energy: number): number => toNumber(decimalOf(energy, 9))

/** One stretch from the start, as if the car had charged evenly all the time: all that a meter tells. */
const fromMeter = (session: RunningSession, untilMs: number): readonly ocpi230.ChargingPeriod[] => [
  {
    start_date_time: session.start_date_time,
    dimensions: [
      { type: 'ENERGY', volume: session.kwh },
      { type: 'TIME', volume: hoursBetween(instantOf(session.start_date_time), untilMs) },
    ],
  },
]

/** The periods with what the meter shows beyond them added to the last one, which is still running. */
const withMeter = (
  session: RunningSession,
  periods: readonly ocpi230.ChargingPeriod[],
): readonly ocpi230.ChargingPeriod[] => {
  const missing = energyOf(session.kwh) - energyIn(periods)
  const last = periods.at(-1)
  if (last === undefined || missing <= 0) return periods
  const more = { type: 'ENERGY' as const, volume: kwhOf(missing) }
  return [...periods.slice(0, -1), { ...last, dimensions: [...last.dimensions, more] }]
}

/**
 * What a session costs up to now: its last update, or its end. Periods of running sessions need not be cut where prices
 * change, so compile the tariffs with `borders: 'cut'`. A session without periods is priced by its meter and its length,
 * as charging evenly; parking is then not told from charging. Never throws.
 */
export const runningCost = (
  session: RunningSession,
  compiled: CompiledTariffs,
  timeZone: string | undefined,
): RunningCost => {
  const until = session.end_date_time ?? session.last_updated
  const given = session.charging_periods ?? []
  const basis: RunningBasis = given.length === 0 ? 'meter' : 'periods'
  try {
    const untilMs = instantOf(until)
    const charging_periods = basis === 'meter' ? fromMeter(session, untilMs) : withMeter(session, given)
    const toPrice: SessionToPrice = {
      start_date_time: session.start_date_time,
      end_date_time: until,
      charging_periods,
      time_zone: timeZone,
    }
    return { basis, until, price: priceSession(toPrice, compiled) }
  } catch (error) {
    if (error instanceof OutOfRange)
      return { basis, until, price: { kind: 'refused', code: 'number-out-of-range', message: error.message } }
    if (error instanceof UnreadableTime)
      return { basis, until, price: { kind: 'refused', code: 'time-unreadable', message: error.message } }
    throw error
  }
}
