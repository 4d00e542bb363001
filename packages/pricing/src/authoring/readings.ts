import { countOf, ENERGY_PER_KWH, ENERGY_PER_WH, TICKS_PER_HOUR, TICKS_PER_MS } from '../exact/grid.js'
import { instantOf } from '../session/instant.js'
import type { Flow } from '../tariff/restriction.js'

/**
 * What a meter shows at one moment. The register counts on its own; power, current and what the car asks for hold from
 * this reading until the next, so those of the last reading are not used.
 */
export interface MeterReading {
  readonly at: string
  /** Energy register in kWh; leave out when `wh` is given. */
  readonly kwh?: number
  /** Energy register in Wh. */
  readonly wh?: number
  /** In kW; the average of the registers when left out. */
  readonly powerKw?: number
  /** In ampere, summed over the phases (T-07). */
  readonly currentA?: number
  /** False while the car asks for no power (CDR-044); a pause the charging station makes is not that. Default true. */
  readonly requestsPower?: boolean
}

/** Time between two readings. Energies are millionths of a watt-hour since the first reading. */
export interface Stretch {
  readonly startMs: number
  readonly endMs: number
  readonly energyFrom: number
  readonly energyTo: number
  readonly requestsPower: boolean
  readonly power: Flow | undefined
  readonly current: Flow | undefined
}

/** Readings that say nothing a session can be written from. */
export class UnusableReadings extends Error {}

const registerOf = ({ kwh, wh, at }: MeterReading): number => {
  if (kwh !== undefined && wh !== undefined)
    throw new UnusableReadings(`the reading of ${at} has its register twice, in kWh and in Wh`)
  if (wh !== undefined) return countOf(wh, ENERGY_PER_WH, 6)
  if (kwh === undefined) throw new UnusableReadings(`the reading of ${at} has no energy register`)
  return countOf(kwh, ENERGY_PER_KWH, 9)
}

const COUNTS_PER_TICK_TO_KW = TICKS_PER_HOUR / ENERGY_PER_KWH

/** To a tenth of a watt, as the document will say it: what is tested is what is told. */
const averageKw = (energy: number, lengthMs: number): number =>
  Math.round(((energy * COUNTS_PER_TICK_TO_KW) / (lengthMs * TICKS_PER_MS)) * 10_000) / 10_000

const steady = (value: number): Flow => ({ min: value, max: value })

const flowOf = (told: number | undefined, otherwise: number | undefined): Flow | undefined => {
  const value = told ?? otherwise
  return value === undefined ? undefined : steady(value)
}

/**
 * The stretches between readings. Throws `UnusableReadings` for a missing register, readings that do not follow each
 * other in time and a register that falls, `UnreadableTime` and `OutOfRange`.
 */
export const stretchesOf = (readings: readonly MeterReading[]): readonly Stretch[] => {
  const points = readings.map((reading) => ({
    reading,
    ms: instantOf(reading.at),
    register: registerOf(reading),
  }))
  const first = points[0]?.register ?? 0
  return points.slice(1).map((to, index): Stretch => {
    const from = points[index] ?? to
    if (to.ms <= from.ms)
      throw new UnusableReadings(`the reading of ${to.reading.at} does not follow that of ${from.reading.at}`)
    if (to.register < from.register)
      throw new UnusableReadings(`the register falls between ${from.reading.at} and ${to.reading.at}`)
    const { powerKw, currentA, requestsPower = true } = from.reading
    const energy = to.register - from.register
    return {
      startMs: from.ms,
      endMs: to.ms,
      energyFrom: from.register - first,
      energyTo: to.register - first,
      requestsPower,
      power: flowOf(powerKw, averageKw(energy, to.ms - from.ms)),
      current: flowOf(currentA, requestsPower ? undefined : 0),
    }
  })
}
