import type { ocpi230 } from '@interwatt/protocol'
import {
  ENERGY_PER_KWH,
  energyOf,
  OutOfRange,
  TICKS_PER_HOUR,
  TICKS_PER_MS,
  TICKS_PER_SECOND,
  ticksOf,
} from '../exact/grid.js'
import type { PricingPolicy } from '../policy/policy.js'
import type { CompiledTariffs } from '../tariff/compile-tariffs.js'
import type { Family } from '../tariff/family.js'
import type { Flow } from '../tariff/restriction.js'
import { instantOf } from './instant.js'
import { outcomeOf, type SessionToPrice } from './session.js'

/** Time of a reservation or booking within a segment, in ticks. */
export interface Reservation {
  /** Reserved or booked and not yet in use; `family` says how it is priced. */
  readonly reserved: number
  readonly family: Family
  /** Booked in vain, and beyond the end of the booking (2.3.0). */
  readonly expired: number
  readonly overtime: number
}

/** A stretch of a session with one set of circumstances: a charging period, or a piece of one. All counts are whole. */
export interface Segment {
  readonly periodIndex: number
  readonly startMs: number
  readonly lengthTicks: number
  /** Index of the tariff; -1 when the period has none. */
  readonly tariffIndex: number
  /** Since charging started. */
  readonly elapsedTicks: number
  readonly energyBefore: number
  /** Whether this is a stretch of the session itself, not only of a reservation. */
  readonly charging: boolean
  readonly energy: number
  readonly chargingTicks: number
  readonly parkingTicks: number
  /** What was reserved or booked meanwhile; undefined when nothing was. */
  readonly reservation: Reservation | undefined
  readonly power: Flow | undefined
  readonly current: Flow | undefined
}

/** What dimensions say that are not in every period; NaN where power and current are not told. */
interface Others {
  reserved: number
  expired: number
  overtime: number
  ofReservation: boolean
  minPower: number
  maxPower: number
  power: number
  minCurrent: number
  maxCurrent: number
  current: number
}

const noOthers = (): Others => ({
  reserved: 0,
  expired: 0,
  overtime: 0,
  ofReservation: false,
  minPower: Number.NaN,
  maxPower: Number.NaN,
  power: Number.NaN,
  minCurrent: Number.NaN,
  maxCurrent: Number.NaN,
  current: Number.NaN,
})

const readOther = (read: Others, type: ocpi230.CdrDimensionType, volume: number): Others => {
  switch (type) {
    case 'RESERVATION_TIME':
      read.reserved += ticksOf(volume)
      read.ofReservation = true
      break
    case 'RESERVATION_EXPIRES':
      read.expired += ticksOf(volume)
      read.ofReservation = true
      break
    case 'RESERVATION_OVERTIME':
      read.overtime += ticksOf(volume)
      break
    case 'MIN_POWER':
      read.minPower = volume
      break
    case 'MAX_POWER':
      read.maxPower = volume
      break
    case 'POWER':
      read.power = volume
      break
    case 'MIN_CURRENT':
      read.minCurrent = volume
      break
    case 'MAX_CURRENT':
      read.maxCurrent = volume
      break
    case 'CURRENT':
      read.current = volume
      break
    default:
  }
  return read
}

/**
 * The duration a stated one stands for. Four decimals of an hour are 0.36 s, so the time stamps win when they agree
 * within a second (4.7).
 */
const durationOf = (stated: number, lengthTicks: number): number =>
  stated !== 0 && stated - lengthTicks < TICKS_PER_SECOND && lengthTicks - stated < TICKS_PER_SECOND
    ? lengthTicks
    : stated

const NOTHING: Flow = { min: 0, max: 0 }

const firstKnown = (a: number, b: number, c: number): number =>
  !Number.isNaN(a) ? a : !Number.isNaN(b) ? b : c

/** The stretch a flow stays in: as told, else its average, else what the other side says; nothing flows while idle. */
const flowOf = (min: number, max: number, average: number, idle: boolean): Flow | undefined => {
  const low = firstKnown(min, average, max)
  if (!Number.isNaN(low)) return { min: low, max: firstKnown(max, average, min) }
  return idle ? NOTHING : undefined
}

/** kWh and hours as counts: their quotient in kW, which is the nearest double, as the number in a tariff is. */
const averagePower = (energy: number, ticks: number): number =>
  ticks > 0 && energy !== 0 ? (energy * (TICKS_PER_HOUR / ENERGY_PER_KWH)) / ticks : Number.NaN

const powerOf = (others: Others | undefined, average: number, idle: boolean): Flow | undefined =>
  others === undefined
    ? flowOf(Number.NaN, Number.NaN, average, idle)
    : flowOf(others.minPower, others.maxPower, firstKnown(others.power, average, Number.NaN), idle)

const currentOf = (others: Others | undefined, idle: boolean): Flow | undefined =>
  others === undefined
    ? flowOf(Number.NaN, Number.NaN, Number.NaN, idle)
    : flowOf(others.minCurrent, others.maxCurrent, others.current, idle)

/** With `any`, a bound is kept when any of the stretch keeps it: the highest value decides on lower bounds, the lowest on upper ones. */
const asBound = (flow: Flow | undefined, bounds: PricingPolicy['flow_bounds']): Flow | undefined =>
  flow === undefined || bounds === 'whole' ? flow : { min: flow.max, max: flow.min }

const tariffIndexOf = (compiled: CompiledTariffs, tariffId: string | undefined): number => {
  const { tariffs } = compiled
  if (tariffId === undefined) return tariffs.length === 1 ? 0 : -1
  const exact = tariffs.findIndex(({ tariff }) => tariff.id === tariffId)
  if (exact >= 0) return exact
  const folded = tariffId.toUpperCase()
  return tariffs.findIndex(({ tariff }) => tariff.id.toUpperCase() === folded)
}

/** Starts of the periods, and the order they come in by time; undefined when that is the order they are listed in. */
const startsOf = (
  periods: readonly ocpi230.ChargingPeriod[],
): { starts: readonly number[]; order: number[] | undefined } => {
  const starts: number[] = []
  let ordered = true
  let last = Number.NEGATIVE_INFINITY
  for (const { start_date_time } of periods) {
    const start = instantOf(start_date_time)
    if (start < last) ordered = false
    last = start
    starts.push(start)
  }
  if (ordered) return { starts, order: undefined }
  // Foreign documents come in any order (CDR-055); equal starts stay as they are listed.
  const order = periods.map((_, index) => index).sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0) || a - b)
  return { starts, order }
}

const reservedFamilyOf = (session: SessionToPrice): Family => {
  const booked = session.booking_id !== undefined
  const used = outcomeOf(session) === 'used'
  if (booked) return used ? 'booked' : 'booking-expired'
  return used ? 'reserved' : 'expired'
}

const reservationOf = (
  others: Others,
  session: SessionToPrice,
  lengthTicks: number,
): Reservation | undefined =>
  others.reserved === 0 && others.expired === 0 && others.overtime === 0
    ? undefined
    : {
        reserved: durationOf(others.reserved, lengthTicks),
        family: reservedFamilyOf(session),
        expired: durationOf(others.expired, lengthTicks),
        overtime: durationOf(others.overtime, lengthTicks),
      }

/**
 * The charging periods as segments, in order, with what was so at their start. A period ends where the next begins,
 * the last with the session. A period that names a tariff which is not there has none; one that names none has the
 * only tariff there is (4.2). Throws `UnreadableTime` and `OutOfRange`.
 */
export const segmentsOf = (session: SessionToPrice, compiled: CompiledTariffs): readonly Segment[] => {
  const { charging_periods: periods } = session
  const { flow_bounds } = compiled.policy
  const { starts, order } = startsOf(periods)
  const endMs = instantOf(session.end_date_time)
  const sessionStartMs = instantOf(session.start_date_time)
  const segments: Segment[] = []
  let chargingStartMs = Number.NaN
  let energyBefore = 0
  let tariffId: string | undefined
  let tariffIndex = tariffIndexOf(compiled, undefined)
  for (let index = 0; index < periods.length; index += 1) {
    const periodIndex = order?.[index] ?? index
    const period = periods[periodIndex]
    if (period === undefined) continue
    const startMs = starts[periodIndex] ?? 0
    if (period.tariff_id !== tariffId) {
      tariffId = period.tariff_id
      tariffIndex = tariffIndexOf(compiled, tariffId)
    }
    const nextMs = index + 1 < periods.length ? (starts[order?.[index + 1] ?? index + 1] ?? 0) : endMs
    const lengthTicks = Math.max(0, nextMs - startMs) * TICKS_PER_MS
    let energy = 0
    let charged = 0
    let parked = 0
    let ofSession = false
    let others: Others | undefined
    for (const { type, volume } of period.dimensions)
      if (type === 'ENERGY') {
        energy += energyOf(volume)
        ofSession = true
      } else if (type === 'TIME') {
        charged += ticksOf(volume)
        ofSession = true
      } else if (type === 'PARKING_TIME') {
        parked += ticksOf(volume)
        ofSession = true
      } else others = readOther(others ?? noOthers(), type, volume)
    const charging = ofSession || others?.ofReservation !== true
    // A session starts where it says so, unless it began with a reservation.
    if (charging && Number.isNaN(chargingStartMs))
      chargingStartMs = index === 0 ? Math.min(sessionStartMs, startMs) : startMs
    const chargingTicks = durationOf(charged, lengthTicks)
    const idle = energy === 0 && charged === 0 && parked > 0
    segments.push({
      periodIndex,
      startMs,
      lengthTicks,
      tariffIndex,
      elapsedTicks: charging ? (startMs - chargingStartMs) * TICKS_PER_MS : 0,
      energyBefore,
      charging,
      energy,
      chargingTicks,
      parkingTicks: durationOf(parked, lengthTicks),
      reservation: others === undefined ? undefined : reservationOf(others, session, lengthTicks),
      power: compiled.needsFlow
        ? asBound(
            powerOf(others, averagePower(energy, charged === 0 ? lengthTicks : chargingTicks), idle),
            flow_bounds,
          )
        : undefined,
      current: compiled.needsFlow ? asBound(currentOf(others, idle), flow_bounds) : undefined,
    })
    energyBefore += energy
  }
  if (!Number.isSafeInteger(energyBefore)) throw new OutOfRange('the energy of the session is too large')
  return segments
}
