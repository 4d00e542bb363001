import { fraction } from '../pricing/fraction.js'
import { elementsFor, holds, type Tariff } from '../pricing/restrictions.js'
import type { ChargingPeriod } from '../pricing/segments.js'
import { isoOfS } from './clock.js'
import type { Slice } from './meter.js'

/** A stretch of a session in which no price component changes (TAR-055). */
export interface Period {
  readonly kind: 'charging' | 'parking' | 'reserved'
  readonly startS: number
  readonly endS: number
  /** Whole Wh. */
  readonly energyWh: number
  readonly minPowerW: number
  readonly maxPowerW: number
  readonly minCurrentMa: number
  readonly maxCurrentMa: number
  /** Which elements of the tariff hold; a change cuts the period. */
  readonly signature: string
}

/** All periods of a session so far; the last one is still open. */
export interface Ledger {
  readonly tariff: Tariff
  readonly timeZone: string
  /** Start of charging; elapsed time counts from here. */
  readonly startS: number
  readonly periods: readonly Period[]
  /** Longest period, for feedback to the driver (SES-062). */
  readonly maxPeriodS: number
}

/** Instants at which a `min_duration` or `max_duration` of the tariff is reached. */
export const durationStops = (ledger: Ledger): readonly number[] =>
  ledger.tariff.elements.flatMap(({ restrictions: r }) =>
    [r?.min_duration, r?.max_duration].flatMap((s) => (s === undefined ? [] : [ledger.startS + s])),
  )

/** Energy thresholds of the tariff in whole Wh, ascending. */
const energyThresholdsWh = (tariff: Tariff): readonly number[] =>
  tariff.elements
    .flatMap(({ restrictions: r }) => [r?.min_kwh, r?.max_kwh])
    .flatMap((kwh) => (kwh === undefined ? [] : [Math.round(kwh * 1000)]))
    .sort((a, b) => a - b)

interface Piece {
  readonly startS: number
  readonly endS: number
  readonly startWh: number
  readonly endWh: number
}

/** Whole Wh booked in the ledger. */
export const bookedWh = (ledger: Ledger): number =>
  ledger.periods.reduce((total, period) => total + period.energyWh, 0)

/**
 * Cuts a slice where the meter passes a threshold: the reading there is the threshold itself (TAR-056). A slice
 * of one second is not cut.
 */
const piecesOf = (slice: Slice, startWh: number, tariff: Tariff): readonly Piece[] => {
  const endWh = Math.floor(slice.endWs / 3600)
  const pieces: Piece[] = []
  let from = { atS: slice.startS, wh: startWh }
  for (const threshold of energyThresholdsWh(tariff)) {
    if (threshold <= from.wh || threshold > endWh || slice.endS - from.atS < 2) continue
    const exactS = slice.startS + Math.floor((threshold * 3600 - slice.startWs) / slice.powerW)
    const cutS = Math.min(Math.max(exactS, from.atS + 1), slice.endS - 1)
    pieces.push({ startS: from.atS, endS: cutS, startWh: from.wh, endWh: threshold })
    from = { atS: cutS, wh: threshold }
  }
  return [...pieces, { startS: from.atS, endS: slice.endS, startWh: from.wh, endWh }]
}

const signatureOf = (ledger: Ledger, slice: Slice, piece: Piece): string => {
  const power = fraction(slice.powerW / 1000)
  const current = fraction(slice.currentMa / 1000)
  const circumstances = {
    atS: piece.startS,
    timeZone: ledger.timeZone,
    elapsedS: piece.startS - ledger.startS,
    energyKwh: fraction(piece.startWh / 1000),
    power: { min: power, max: power },
    current: { min: current, max: current },
  }
  return elementsFor(ledger.tariff, 'charging')
    .map((element) => (holds(element.restrictions, circumstances) ? '1' : '0'))
    .join('')
}

const extended = (open: Period, slice: Slice, piece: Piece): Period => ({
  ...open,
  endS: piece.endS,
  energyWh: open.energyWh + piece.endWh - piece.startWh,
  minPowerW: Math.min(open.minPowerW, slice.powerW),
  maxPowerW: Math.max(open.maxPowerW, slice.powerW),
  minCurrentMa: Math.min(open.minCurrentMa, slice.currentMa),
  maxCurrentMa: Math.max(open.maxCurrentMa, slice.currentMa),
})

const opened = (slice: Slice, piece: Piece, signature: string): Period => ({
  kind: slice.charging ? 'charging' : 'parking',
  startS: piece.startS,
  endS: piece.endS,
  energyWh: piece.endWh - piece.startWh,
  minPowerW: slice.powerW,
  maxPowerW: slice.powerW,
  minCurrentMa: slice.currentMa,
  maxCurrentMa: slice.currentMa,
  signature,
})

/** The ledger with a slice booked: the open period grows, or a new one starts where the price may change. */
export const book = (ledger: Ledger, slice: Slice): Ledger => {
  const periods = [...ledger.periods]
  for (const piece of piecesOf(slice, bookedWh(ledger), ledger.tariff)) {
    const signature = signatureOf(ledger, slice, piece)
    const next = opened(slice, piece, signature)
    const open = periods.at(-1)
    const same =
      open !== undefined &&
      open.kind === next.kind &&
      open.signature === signature &&
      piece.startS - open.startS < ledger.maxPeriodS
    if (same) periods[periods.length - 1] = extended(open, slice, piece)
    else periods.push(next)
  }
  return { ...ledger, periods }
}

/** A ledger that opens with the time the EVSE was kept free. */
export const withReservation = (ledger: Ledger, fromS: number, untilS: number): Ledger => {
  const nothing = { energyWh: 0, minPowerW: 0, maxPowerW: 0, minCurrentMa: 0, maxCurrentMa: 0 }
  const reserved: Period = { kind: 'reserved', startS: fromS, endS: untilS, signature: '', ...nothing }
  return untilS > fromS ? { ...ledger, periods: [reserved, ...ledger.periods] } : ledger
}

/** Seconds as ten-thousandths of an hour, half up. */
const hourUnits = (seconds: number): number => Math.floor((seconds * 50 + 9) / 18)

const TIME_DIMENSION = { charging: 'TIME', parking: 'PARKING_TIME', reserved: 'RESERVATION_TIME' } as const

/** Seconds spent in each kind of period. */
const secondsOf = (ledger: Ledger, kind: Period['kind']): number =>
  ledger.periods.reduce((total, p) => (p.kind === kind ? total + p.endS - p.startS : total), 0)

/** Hours of these kinds of periods, four decimals: exactly the sum of what the period documents say. */
export const hoursIn = (ledger: Ledger, ...kinds: readonly Period['kind'][]): number =>
  kinds.reduce((units, kind) => units + hourUnits(secondsOf(ledger, kind)), 0) / 10_000

const asks = (
  tariff: Tariff,
  ...fields: readonly ('min_power' | 'max_power' | 'min_current' | 'max_current')[]
) => tariff.elements.some(({ restrictions }) => fields.some((field) => restrictions?.[field] !== undefined))

/**
 * The periods as documents. Durations are rounded on the running total, so that their sum is the rounded total;
 * power and current are told only where the tariff asks for them.
 */
export const periodDocuments = (ledger: Ledger): ChargingPeriod[] => {
  const running = { charging: 0, parking: 0, reserved: 0 }
  const power = asks(ledger.tariff, 'min_power', 'max_power')
  const current = asks(ledger.tariff, 'min_current', 'max_current')
  return ledger.periods.map((period) => {
    const before = running[period.kind]
    running[period.kind] += period.endS - period.startS
    const units = hourUnits(running[period.kind]) - hourUnits(before)
    const dimensions: ChargingPeriod['dimensions'] = [
      { type: TIME_DIMENSION[period.kind], volume: units / 10_000 },
    ]
    if (period.kind === 'charging') dimensions.push({ type: 'ENERGY', volume: period.energyWh / 1000 })
    if (power && period.kind !== 'reserved')
      dimensions.push(
        { type: 'MIN_POWER', volume: period.minPowerW / 1000 },
        { type: 'MAX_POWER', volume: period.maxPowerW / 1000 },
      )
    if (current && period.kind !== 'reserved')
      dimensions.push(
        { type: 'MIN_CURRENT', volume: period.minCurrentMa / 1000 },
        { type: 'MAX_CURRENT', volume: period.maxCurrentMa / 1000 },
      )
    return { start_date_time: isoOfS(period.startS), dimensions, tariff_id: ledger.tariff.id }
  })
}
