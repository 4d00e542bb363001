import type { ocpi230 } from '@interwatt/protocol'
import { ENERGY_PER_KWH, OutOfRange } from '../exact/grid.js'
import { instantOf, UnreadableTime } from '../session/instant.js'
import type { CompiledTariffs, Refusal } from '../tariff/compile-tariffs.js'
import type { Family } from '../tariff/family.js'
import type { Flow, Restriction } from '../tariff/restriction.js'
import { zoneClock } from '../zone/zone-clock.js'
import {
  type Cutting,
  chargingPieces,
  type Piece,
  type PieceKind,
  reservedPieces,
  splitStretch,
} from './pieces.js'
import { type MeterReading, type Stretch, stretchesOf, UnusableReadings } from './readings.js'

/** What is known of a session besides its readings. */
export interface AuthoringFacts {
  /** IANA name of the zone of the charging station. */
  readonly timeZone?: string | undefined
  /** Tariff at the start; needed when there are several. */
  readonly tariffId?: string | undefined
  /** Later tariffs of the session, such as after a change of profile (4.2). */
  readonly tariffChanges?: readonly { readonly at: string; readonly tariffId: string }[]
  /** The EVSE was kept free from here to the first reading, or to `until` when nobody came. */
  readonly reservation?: { readonly from: string; readonly until?: string } | undefined
  /** The booking the session came from; its waiting time is priced as booked. */
  readonly bookingId?: string | undefined
  /** A new period begins at the first reading after so long, for feedback to the driver (SES-062). */
  readonly longestPeriodMs?: number | undefined
}

/** Charging periods with the sums of what they say. */
export interface AuthoredPeriods {
  readonly kind: 'authored'
  readonly start_date_time: string
  readonly end_date_time: string
  readonly charging_periods: ocpi230.ChargingPeriod[]
  /** In kWh; the registers subtracted. */
  readonly energyKwh: number
  /** Hours, four decimals, exactly the sums of the volumes of the periods. */
  readonly chargingHours: number
  readonly parkingHours: number
  readonly reservedHours: number
  /** Tariffs the periods name, in the order of their first period. */
  readonly tariffIds: readonly string[]
}

/** Why nothing could be written. `code` is stable; `message` is for people. */
export interface AuthoringRefusal {
  readonly kind: 'refused'
  readonly code: Refusal['code'] | 'readings-unusable' | 'tariff-unknown' | 'net-unknown'
  readonly message: string
}

/** An open or finished period. */
interface Period {
  readonly piece: Piece
  endMs: number
  energyTo: number
  power: Flow | undefined
  current: Flow | undefined
}

const dateTime = (epochMs: number): string => {
  const text = new Date(epochMs).toISOString()
  return text.endsWith('.000Z') ? `${text.slice(0, 19)}Z` : text
}

const wider = (a: Flow | undefined, b: Flow | undefined): Flow | undefined =>
  a === undefined || b === undefined ? a : { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) }

const periodsOf = (pieces: readonly Piece[], longestMs: number): readonly Period[] => {
  const periods: Period[] = []
  for (const piece of pieces) {
    const open = periods.at(-1)
    const same =
      open !== undefined &&
      open.piece.kind === piece.kind &&
      open.piece.tariffIndex === piece.tariffIndex &&
      open.piece.signature === piece.signature &&
      piece.startMs - open.piece.startMs < longestMs
    if (same) {
      open.endMs = piece.endMs
      open.energyTo = piece.energyTo
      open.power = wider(open.power, piece.power)
      open.current = wider(open.current, piece.current)
    } else {
      const { endMs, energyTo, power, current } = piece
      periods.push({ piece, endMs, energyTo, power, current })
    }
  }
  return periods
}

/** Milliseconds as ten-thousandths of an hour, half up. */
const hourUnits = (lengthMs: number): number => Math.floor((2 * lengthMs + 360) / 720)

const HOUR_UNITS = 10_000
const TIME_DIMENSION = { charging: 'TIME', parking: 'PARKING_TIME', reserved: 'RESERVATION_TIME' } as const

const asks = (compiled: CompiledTariffs, index: number, of: (rule: Restriction) => number[]): boolean =>
  Object.values(compiled.tariffs[index]?.candidates.charging ?? {})
    .flat()
    .some(({ restriction }) => restriction !== undefined && of(restriction).some(Number.isFinite))

const flowDimensions = (
  { piece, power, current }: Period,
  compiled: CompiledTariffs,
): ocpi230.CdrDimension[] => {
  const told: ocpi230.CdrDimension[] = []
  if (piece.kind === 'reserved') return told
  const index = piece.tariffIndex
  if (power !== undefined && asks(compiled, index, ({ minPower, maxPower }) => [minPower, maxPower]))
    told.push({ type: 'MIN_POWER', volume: power.min }, { type: 'MAX_POWER', volume: power.max })
  if (
    current !== undefined &&
    asks(compiled, index, ({ minCurrent, maxCurrent }) => [minCurrent, maxCurrent])
  )
    told.push({ type: 'MIN_CURRENT', volume: current.min }, { type: 'MAX_CURRENT', volume: current.max })
  return told
}

/** The periods as documents. Durations are rounded on the running total of their kind, so that they add up to it. */
const documentsOf = (periods: readonly Period[], compiled: CompiledTariffs) => {
  const lengths: Record<PieceKind, number> = { charging: 0, parking: 0, reserved: 0 }
  const documents = periods.map((period): ocpi230.ChargingPeriod => {
    const { kind, startMs, energyFrom, tariffIndex } = period.piece
    const before = lengths[kind]
    lengths[kind] += period.endMs - startMs
    const units = hourUnits(lengths[kind]) - hourUnits(before)
    const energy = period.energyTo - energyFrom
    return {
      start_date_time: dateTime(startMs),
      dimensions: [
        { type: TIME_DIMENSION[kind], volume: units / HOUR_UNITS },
        ...(kind === 'charging' || energy !== 0
          ? [{ type: 'ENERGY' as const, volume: energy / ENERGY_PER_KWH }]
          : []),
        ...flowDimensions(period, compiled),
      ],
      tariff_id: compiled.tariffs[tariffIndex]?.tariff.id ?? '',
    }
  })
  return { documents, lengths }
}

const indexOf = (compiled: CompiledTariffs, tariffId: string | undefined): number => {
  const { tariffs } = compiled
  const folded = tariffId?.toUpperCase()
  const index =
    folded === undefined
      ? tariffs.length === 1
        ? 0
        : -1
      : tariffs.findIndex(({ tariff }) => tariff.id.toUpperCase() === folded)
  if (index >= 0) return index
  const named =
    tariffId === undefined
      ? 'there are several tariffs and none is named'
      : `there is no tariff "${tariffId}"`
  throw new UnknownTariff(named)
}

class UnknownTariff extends Error {}

const timelineOf = (facts: AuthoringFacts, compiled: CompiledTariffs) => {
  const changes = (facts.tariffChanges ?? [])
    .map(({ at, tariffId }) => ({ ms: instantOf(at), index: indexOf(compiled, tariffId) }))
    .sort((a, b) => a.ms - b.ms)
  const first = indexOf(compiled, facts.tariffId)
  const indexAt = (ms: number): number => changes.findLast((change) => change.ms <= ms)?.index ?? first
  const split = (stretches: readonly Stretch[]): readonly Stretch[] =>
    changes.reduce<readonly Stretch[]>(
      (all, { ms }) => all.flatMap((one) => splitStretch(one, ms)),
      stretches,
    )
  return { indexAt, split }
}

const familyOf = ({ bookingId }: AuthoringFacts, readings: readonly MeterReading[]): Family =>
  readings.length === 0
    ? bookingId === undefined
      ? 'expired'
      : 'booking-expired'
    : bookingId === undefined
      ? 'reserved'
      : 'booked'

type IndexAt = (epochMs: number) => number

/** The time the EVSE was kept free: to the first reading, or to its end when nobody came. */
const reservedOf = (
  readings: readonly MeterReading[],
  facts: AuthoringFacts,
  indexAt: IndexAt,
  cutting: Cutting,
): readonly Piece[] => {
  const { reservation } = facts
  const until = readings[0]?.at ?? reservation?.until
  if (reservation === undefined || until === undefined) return []
  const time = { startMs: instantOf(reservation.from), endMs: instantOf(until) }
  return reservedPieces(time, familyOf(facts, readings), indexAt(time.startMs), cutting)
}

const authoredOf = (
  periods: readonly Period[],
  energy: number,
  compiled: CompiledTariffs,
): AuthoredPeriods => {
  const [begin, end] = [periods[0], periods.at(-1)]
  if (begin === undefined || end === undefined)
    throw new UnusableReadings('it takes two readings, or a reservation with its end')
  const { documents, lengths } = documentsOf(periods, compiled)
  const hours = (kind: PieceKind): number => hourUnits(lengths[kind]) / HOUR_UNITS
  return {
    kind: 'authored',
    start_date_time: dateTime(begin.piece.startMs),
    end_date_time: dateTime(end.endMs),
    charging_periods: documents,
    energyKwh: energy / ENERGY_PER_KWH,
    chargingHours: hours('charging'),
    parkingHours: hours('parking'),
    reservedHours: hours('reserved'),
    tariffIds: [...new Set(documents.map(({ tariff_id }) => tariff_id ?? ''))],
  }
}

const author = (
  readings: readonly MeterReading[],
  facts: AuthoringFacts,
  compiled: CompiledTariffs,
): AuthoredPeriods | AuthoringRefusal => {
  const known = facts.timeZone === undefined ? undefined : zoneClock(facts.timeZone)
  if (compiled.needsTimeZone && known === undefined)
    return {
      kind: 'refused',
      code: 'time-zone-unknown',
      message: 'the tariff depends on local time and the time zone of the location is not known',
    }
  const { indexAt, split } = timelineOf(facts, compiled)
  const [first] = readings
  const chargingStartMs = first === undefined ? Number.NaN : instantOf(first.at)
  const cutting: Cutting = { compiled, clock: compiled.needsTimeZone ? known : undefined, chargingStartMs }
  const stretches = split(stretchesOf(readings))
  const pieces = [
    ...reservedOf(readings, facts, indexAt, cutting),
    ...chargingPieces(stretches, indexAt, cutting),
  ]
  const periods = periodsOf(pieces, facts.longestPeriodMs ?? Number.POSITIVE_INFINITY)
  return authoredOf(periods, stretches.at(-1)?.energyTo ?? 0, compiled)
}

const refusalOf = (error: unknown): AuthoringRefusal => {
  if (error instanceof UnusableReadings)
    return { kind: 'refused', code: 'readings-unusable', message: error.message }
  if (error instanceof UnknownTariff)
    return { kind: 'refused', code: 'tariff-unknown', message: error.message }
  if (error instanceof UnreadableTime)
    return { kind: 'refused', code: 'time-unreadable', message: error.message }
  if (error instanceof OutOfRange)
    return { kind: 'refused', code: 'number-out-of-range', message: error.message }
  throw error
}

/**
 * Writes the charging periods of a session from its meter readings: a new one wherever another component of the tariff
 * begins to apply, by local time, date, duration, energy, power or current, where charging becomes parking and where
 * the tariff changes (TAR-055, CDR-034). Energy between two readings is spread evenly over their time, told to a tenth
 * of a watt-hour, and adds up to the register exactly (TAR-056). Durations have four decimals, add up likewise, and
 * agree with the stamps. Periods written from more readings begin with those written from fewer, the last one excepted.
 * Refuses readings without register, out of order or falling, unknown tariffs and time zones. Never throws.
 */
export const authorPeriods = (
  readings: readonly MeterReading[],
  context: AuthoringFacts & { readonly compiled: CompiledTariffs },
): AuthoredPeriods | AuthoringRefusal => {
  try {
    return author(readings, context, context.compiled)
  } catch (error) {
    return refusalOf(error)
  }
}
