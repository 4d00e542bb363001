import type { ocpi230 } from '@interwatt/protocol'
import { add, divide, type Fraction, floor, fraction, multiply, roundHalfUp, ZERO } from './fraction.js'
import type { Circumstances, Range, SegmentKind, Tariff } from './restrictions.js'

export type ChargingPeriod = ocpi230.ChargingPeriod

/** A charging period with its measured quantities made exact. */
export interface Segment {
  readonly kind: SegmentKind
  readonly tariff: Tariff
  readonly circumstances: Circumstances
  readonly energyWh: Fraction
  readonly chargingS: Fraction
  readonly parkingS: Fraction
  readonly reservedS: Fraction
}

const seconds = (dateTime: string): number => Math.floor(Date.parse(dateTime) / 1000)

const volume = (period: ChargingPeriod, type: string): Fraction | undefined => {
  const found = period.dimensions.find((dimension) => dimension.type === type)
  return found === undefined ? undefined : fraction(found.volume)
}

const HOUR = fraction(3600)
const THOUSAND = fraction(1000)

/**
 * Hours as seconds. Four decimals of an hour are 0.36 s, so the time stamps win when they agree within a second
 * (tariffs 4.7); otherwise whole seconds.
 */
const durationS = (hours: Fraction | undefined, lengthS: number): Fraction => {
  if (hours === undefined) return ZERO
  const stated = multiply(hours, HOUR)
  const difference = add(stated, fraction(-lengthS))
  const near = floor(difference) >= -1n && floor(difference) < 1n
  return near ? fraction(lengthS) : roundHalfUp(stated, 0)
}

const rangeOf = (min: Fraction | undefined, max: Fraction | undefined): Range | undefined => {
  const low = min ?? max
  const high = max ?? min
  return low === undefined || high === undefined ? undefined : { min: low, max: high }
}

const NOTHING: Range = { min: ZERO, max: ZERO }

const averagePower = (energyWh: Fraction, chargingS: Fraction): Range | undefined => {
  if (chargingS.numerator <= 0n) return undefined
  const kw = divide(divide(multiply(energyWh, HOUR), chargingS), THOUSAND)
  return { min: kw, max: kw }
}

export interface SegmentInput {
  readonly tariffs: readonly Tariff[]
  readonly periods: readonly ChargingPeriod[]
  readonly endDateTime: string
  readonly timeZone: string | undefined
  /** What became of a reservation, if there was one. */
  readonly reservation: 'none' | 'used' | 'expired'
}

const tariffOf = (input: SegmentInput, period: ChargingPeriod): Tariff | undefined =>
  period.tariff_id === undefined
    ? input.tariffs.length === 1
      ? input.tariffs[0]
      : undefined
    : input.tariffs.find((tariff) => tariff.id.toUpperCase() === period.tariff_id?.toUpperCase())

/** The periods in order with what holds at their start; a period without tariff is not priced and left out. */
export const segmentsOf = (input: SegmentInput): readonly Segment[] => {
  const segments: Segment[] = []
  let energyWh = ZERO
  let chargingStartS: number | undefined
  input.periods.forEach((period, index) => {
    const startS = seconds(period.start_date_time)
    const endS = seconds(input.periods[index + 1]?.start_date_time ?? input.endDateTime)
    const reserved = volume(period, 'RESERVATION_TIME')
    if (reserved === undefined) chargingStartS ??= startS
    const wh = roundHalfUp(multiply(volume(period, 'ENERGY') ?? ZERO, THOUSAND), 1)
    const chargingS = durationS(volume(period, 'TIME'), endS - startS)
    const parkingS = durationS(volume(period, 'PARKING_TIME'), endS - startS)
    const idle = chargingS.numerator === 0n && parkingS.numerator > 0n ? NOTHING : undefined
    const tariff = tariffOf(input, period)
    if (tariff !== undefined)
      segments.push({
        kind: reserved === undefined ? 'charging' : input.reservation === 'expired' ? 'expired' : 'reserved',
        tariff,
        circumstances: {
          atS: startS,
          timeZone: input.timeZone,
          elapsedS: startS - (chargingStartS ?? startS),
          energyKwh: divide(energyWh, THOUSAND),
          power:
            rangeOf(volume(period, 'MIN_POWER'), volume(period, 'MAX_POWER')) ??
            idle ??
            averagePower(wh, chargingS),
          current: rangeOf(volume(period, 'MIN_CURRENT'), volume(period, 'MAX_CURRENT')) ?? idle,
        },
        energyWh: wh,
        chargingS,
        parkingS,
        reservedS: durationS(reserved, endS - startS),
      })
    energyWh = add(energyWh, wh)
  })
  return segments
}
