import type { ocpi230 } from '@interwatt/protocol'
import type { CompiledTariffs, Dimension } from '../tariff/compile-tariffs.js'
import { epochOf } from './epoch.js'
import { type CheckFinding, finding } from './finding.js'

const MS_PER_HOUR = 3_600_000
/** What remains of a sum of doubles, far below anything measured. */
const DUST = 1e-9

/** Half of the last decimal a number shows, at most half a hundredth: what rounding may have taken from it. */
export const resolutionOf = (value: number): number => {
  for (const digits of [2, 3, 4]) {
    const scale = 10 ** digits
    if (Math.round(value * scale) / scale === value) return 0.5 / scale
  }
  return 0.5e-4
}

/** Sum of a dimension over all periods, and how many tell it. */
const summed = (cdr: ocpi230.CDR, ...types: readonly ocpi230.CdrDimensionType[]) => {
  let sum = 0
  let count = 0
  for (const { dimensions } of cdr.charging_periods)
    for (const { type, volume } of dimensions)
      if (types.includes(type)) {
        sum += volume
        count += 1
      }
  return { sum, count }
}

/** Whether a stated total is one of the sums, as far as decimals go; every period may have lost a little. */
const isOneOf = (stated: number, sums: readonly number[], periods: number, perPeriod: number): boolean =>
  sums.some((sum) => Math.abs(stated - sum) <= resolutionOf(stated) + periods * perPeriod + DUST)

/** A tenth of a watt-hour, the noise of a period in kWh. */
const ENERGY_NOISE_KWH = 1e-4
/** A second, the noise of a period in hours. */
const TIME_NOISE_H = 1 / 3600

const shown = (value: number): number => Math.round(value * 1e4) / 1e4

const energyFinding = (cdr: ocpi230.CDR): readonly CheckFinding[] => {
  const { sum, count } = summed(cdr, 'ENERGY')
  if (count === 0 || isOneOf(cdr.total_energy, [sum], count, ENERGY_NOISE_KWH)) return []
  const message = `total_energy is ${cdr.total_energy} kWh, the periods add up to ${shown(sum)} kWh`
  return [
    finding('energy_total_differs', '/total_energy', message, {
      stated: cdr.total_energy,
      recomputed: shown(sum),
    }),
  ]
}

const lengthOf = ({ start_date_time, end_date_time }: ocpi230.CDR): number =>
  (epochOf(end_date_time) - epochOf(start_date_time)) / MS_PER_HOUR

const timeFinding = (cdr: ocpi230.CDR, length: number): readonly CheckFinding[] => {
  const measured = summed(cdr, 'TIME', 'PARKING_TIME')
  // Whether the time of a reservation belongs to it is not said (cdrs.md, trap 7).
  const reserved = summed(cdr, 'RESERVATION_TIME').sum
  const sums = [
    length,
    length - reserved,
    ...(measured.count === 0 ? [] : [measured.sum, measured.sum + reserved]),
  ]
  if (isOneOf(cdr.total_time, sums, Math.max(1, measured.count), TIME_NOISE_H)) return []
  const told = measured.count === 0 ? '' : `, its periods tell ${shown(measured.sum)} h`
  const message = `total_time is ${cdr.total_time} h, the session lasts ${shown(length)} h${told}`
  const recomputed = shown(measured.count === 0 ? length : measured.sum)
  return [finding('time_total_differs', '/total_time', message, { stated: cdr.total_time, recomputed })]
}

const parkingFinding = (cdr: ocpi230.CDR, length: number): readonly CheckFinding[] => {
  const stated = cdr.total_parking_time
  if (stated === undefined) return []
  const parked = summed(cdr, 'PARKING_TIME')
  const charged = summed(cdr, 'TIME')
  const reserved = summed(cdr, 'RESERVATION_TIME').sum
  // Parking that costs nothing may be in the total and in no period (#385).
  const rest = charged.count === 0 ? [] : [length - charged.sum, length - charged.sum - reserved]
  if (parked.count === 0 && charged.count === 0) return []
  if (isOneOf(stated, [parked.sum, ...rest], Math.max(1, parked.count + charged.count), TIME_NOISE_H))
    return []
  const message = `total_parking_time is ${stated} h, the periods tell ${shown(parked.sum)} h`
  return [
    finding('parking_total_differs', '/total_parking_time', message, {
      stated,
      recomputed: shown(parked.sum),
    }),
  ]
}

/** Whether the totals of energy and time are those of the periods (CDR-042, CDR-045), as far as they can be told. */
export const checkVolumes = (cdr: ocpi230.CDR): readonly CheckFinding[] => {
  const length = lengthOf(cdr)
  const times = length >= 0 ? [...timeFinding(cdr, length), ...parkingFinding(cdr, length)] : []
  return [...energyFinding(cdr), ...times]
}

const prices = ({ components }: CompiledTariffs, dimension: Dimension): boolean =>
  components.some((component) => component.dimension === dimension && component.kind === 'ORDINARY')

/** Quantities that the tariff prices, the totals have, and no period tells: nothing can be recomputed from that (CDR-038). */
export const checkMissingVolumes = (cdr: ocpi230.CDR, compiled: CompiledTariffs): readonly CheckFinding[] => {
  const looks = [
    { total: cdr.total_energy, pointer: '/total_energy', type: 'ENERGY' },
    { total: cdr.total_time - (cdr.total_parking_time ?? 0), pointer: '/total_time', type: 'TIME' },
    { total: cdr.total_parking_time ?? 0, pointer: '/total_parking_time', type: 'PARKING_TIME' },
  ] as const
  return looks.flatMap(({ total, pointer, type }) => {
    // A session of parking alone has no charging time to tell, and the other way round.
    const told = summed(
      cdr,
      ...(type === 'ENERGY' ? ([type] as const) : (['TIME', 'PARKING_TIME', 'RESERVATION_TIME'] as const)),
    )
    if (total <= resolutionOf(total) || told.count > 0 || !prices(compiled, type)) return []
    return [finding('volume_missing', pointer, `the tariff prices ${type} and no period tells it`)]
  })
}
