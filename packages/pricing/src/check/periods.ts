import type { ocpi230 } from '@interwatt/protocol'
import { epochOf } from './epoch.js'
import { type CheckFinding, finding } from './finding.js'
import { resolutionOf } from './volumes.js'

const MS_PER_HOUR = 3_600_000
const DAY_MS = 24 * MS_PER_HOUR
/** Clocks of a station and rounding to whole seconds. */
const SLACK_MS = 1_000
/** Meters and average powers are not exact: a twentieth more, and what a reading may lag behind. */
const POWER_SLACK = 1.05
const ENERGY_SLACK_KWH = 0.1

const SESSION_ONLY: readonly string[] = [
  'CURRENT',
  'ENERGY_EXPORT',
  'ENERGY_IMPORT',
  'POWER',
  'STATE_OF_CHARGE',
]
const DURATIONS: readonly string[] = [
  'TIME',
  'PARKING_TIME',
  'RESERVATION_TIME',
  'RESERVATION_EXPIRES',
  'RESERVATION_OVERTIME',
]

const volumeOf = ({ dimensions }: ocpi230.ChargingPeriod, type: string): number =>
  dimensions.reduce((sum, dimension) => (dimension.type === type ? sum + dimension.volume : sum), 0)

/** A period with its place in time: until the next one starts, the last until the session ends. */
interface Placed {
  readonly period: ocpi230.ChargingPeriod
  readonly index: number
  readonly startMs: number
  readonly endMs: number
  readonly last: boolean
}

const placed = (cdr: ocpi230.CDR, endMs: number): readonly Placed[] => {
  const starts = cdr.charging_periods.map(({ start_date_time }) => epochOf(start_date_time))
  const order = starts.map((_, index) => index).sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0) || a - b)
  return order.flatMap((index, place) => {
    const period = cdr.charging_periods[index]
    const next = order[place + 1]
    if (period === undefined) return []
    return [
      {
        period,
        index,
        startMs: starts[index] ?? Number.NaN,
        endMs: next === undefined ? endMs : (starts[next] ?? Number.NaN),
        last: next === undefined,
      },
    ]
  })
}

const hoursText = (ms: number): string => `${Math.round((ms / MS_PER_HOUR) * 1e4) / 1e4} h`

const statedTimeFinding = ({ period, index, startMs, endMs, last }: Placed): readonly CheckFinding[] => {
  const stated = Math.max(
    volumeOf(period, 'TIME') + volumeOf(period, 'PARKING_TIME'),
    volumeOf(period, 'RESERVATION_TIME'),
  )
  const there = Math.max(0, endMs - startMs)
  if (!(stated * MS_PER_HOUR > there + SLACK_MS + resolutionOf(stated) * MS_PER_HOUR)) return []
  const until = last ? 'the session ends' : 'the next one starts'
  const message = `the period tells ${stated} h, and ${until} after ${hoursText(there)}`
  const figures = { stated, recomputed: Math.round((there / MS_PER_HOUR) * 1e4) / 1e4 }
  return [
    finding(last ? 'duration_impossible' : 'periods_overlap', `/charging_periods/${index}`, message, figures),
  ]
}

const orderFindings = (cdr: ocpi230.CDR, startMs: number, endMs: number): readonly CheckFinding[] => {
  let latest = Number.NEGATIVE_INFINITY
  return cdr.charging_periods.flatMap((period, index) => {
    const at = epochOf(period.start_date_time)
    const pointer = `/charging_periods/${index}/start_date_time`
    const found: CheckFinding[] = []
    if (at < latest)
      found.push(finding('periods_unordered', pointer, 'the period starts before the one listed above it'))
    if (at < startMs - SLACK_MS)
      found.push(finding('period_outside_session', pointer, 'the period starts before the session'))
    if (at > endMs + SLACK_MS)
      found.push(finding('period_outside_session', pointer, 'the period starts after the session has ended'))
    latest = Math.max(latest, at)
    return found
  })
}

const dimensionFindings = (cdr: ocpi230.CDR): readonly CheckFinding[] =>
  cdr.charging_periods.flatMap(({ dimensions }, periodIndex) =>
    dimensions.flatMap(({ type, volume }, index) => {
      const pointer = `/charging_periods/${periodIndex}/dimensions/${index}`
      if (SESSION_ONLY.includes(type))
        return [finding('session_only_dimension', pointer, `${type} belongs to sessions and is not billed`)]
      if (!DURATIONS.includes(type) || volume >= 0) return []
      return [finding('negative_volume', `${pointer}/volume`, `${type} is ${volume} h`, { stated: volume })]
    }),
  )

const tooMuch = (kwh: number, ms: number, maxPowerKw: number): boolean =>
  kwh > (maxPowerKw * POWER_SLACK * Math.max(0, ms)) / MS_PER_HOUR + ENERGY_SLACK_KWH

const energyFindings = (
  cdr: ocpi230.CDR,
  periods: readonly Placed[],
  lengthMs: number,
  maxPowerKw: number,
): readonly CheckFinding[] => {
  const found = (pointer: string, kwh: number, ms: number) => {
    const message = `${kwh} kWh in ${hoursText(ms)}: the connector gives ${maxPowerKw} kW at most`
    return finding('energy_impossible', pointer, message, { stated: kwh })
  }
  if (tooMuch(cdr.total_energy, lengthMs, maxPowerKw))
    return [found('/total_energy', cdr.total_energy, lengthMs)]
  return periods.flatMap(({ period, index, startMs, endMs }) => {
    const kwh = volumeOf(period, 'ENERGY')
    return tooMuch(kwh, endMs - startMs, maxPowerKw)
      ? [found(`/charging_periods/${index}`, kwh, endMs - startMs)]
      : []
  })
}

/** CDR-054: times nobody knew are written as the beginning of the epoch. */
const placeholders = (cdr: ocpi230.CDR): readonly CheckFinding[] => {
  const year = Date.UTC(1971, 0, 1)
  const times: readonly (readonly [string, string])[] = [
    ['/start_date_time', cdr.start_date_time],
    ['/end_date_time', cdr.end_date_time],
    ...cdr.charging_periods.map(
      ({ start_date_time }, index) =>
        [`/charging_periods/${index}/start_date_time`, start_date_time] as const,
    ),
  ]
  return times.flatMap(([pointer, text]) =>
    epochOf(text) < year ? [finding('date_placeholder', pointer, `${text} stands for a time not known`)] : [],
  )
}

/** What is wrong with times, order and volumes of the periods, whatever they cost (CDR-036, CDR-054, CDR-055). */
export const checkPeriods = (cdr: ocpi230.CDR, maxPowerKw: number | undefined): readonly CheckFinding[] => {
  const [startMs, endMs] = [epochOf(cdr.start_date_time), epochOf(cdr.end_date_time)]
  const unknown = placeholders(cdr)
  if (unknown.length > 0) return [...unknown, ...dimensionFindings(cdr)]
  if (endMs < startMs) {
    const message = `the session ends at ${cdr.end_date_time}, before it starts`
    return [finding('session_reversed', '/end_date_time', message), ...dimensionFindings(cdr)]
  }
  const periods = placed(cdr, endMs)
  const lengthMs = endMs - startMs
  const long =
    lengthMs > DAY_MS ? [finding('long_session', '/end_date_time', `it lasts ${hoursText(lengthMs)}`)] : []
  return [
    ...long,
    ...orderFindings(cdr, startMs, endMs),
    ...periods.flatMap(statedTimeFinding),
    ...dimensionFindings(cdr),
    ...(maxPowerKw === undefined ? [] : energyFindings(cdr, periods, lengthMs, maxPowerKw)),
  ]
}
