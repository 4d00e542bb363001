import { OutOfRange, share, TICKS_PER_MS } from '../exact/grid.js'
import type { Candidate, CompiledTariffs } from '../tariff/compile-tariffs.js'
import { FAMILIES } from '../tariff/family.js'
import { MS_PER_DAY, type Restriction } from '../tariff/restriction.js'
import type { ZoneClock } from '../zone/zone-clock.js'
import type { Segment } from './segments.js'

/** More pieces than any session has; a period of many years is refused rather than cut. */
const MAX_CUTS = 10_000

/** A point inside a segment: how far it has come in time and energy. */
interface Cut {
  readonly ticks: number
  readonly energy: number
}

const restrictionsOf = (compiled: CompiledTariffs, tariffIndex: number): readonly Restriction[] => {
  const tariff = compiled.tariffs[tariffIndex]
  if (tariff === undefined) return []
  const candidates: Candidate[] = FAMILIES.flatMap((family) =>
    Object.values(tariff.candidates[family]).flat(),
  )
  return [
    ...new Set(candidates.flatMap(({ restriction }) => (restriction === undefined ? [] : [restriction]))),
  ]
}

/** The moments at which a local time of day comes round, and at which the clocks are changed, inside a stretch. */
const localMoments = (
  fromMs: number,
  toMs: number,
  timesOfDay: readonly number[],
  clock: ZoneClock,
): number[] => {
  const changes = clock.changesWithin(fromMs, toMs)
  const offsets = new Set([clock.offsetMsAt(fromMs), ...changes.map((at) => clock.offsetMsAt(at))])
  const days = Math.ceil((toMs - fromMs) / MS_PER_DAY) + 2
  if (days * timesOfDay.length > MAX_CUTS) throw new OutOfRange('a charging period lasts for years')
  const moments = [...changes]
  for (const offset of offsets) {
    const firstDay = Math.floor((fromMs + offset) / MS_PER_DAY)
    for (let day = firstDay; day < firstDay + days; day += 1)
      for (const ofDay of timesOfDay) {
        const moment = day * MS_PER_DAY + ofDay - offset
        if (moment > fromMs && moment < toMs) moments.push(moment)
      }
  }
  return moments
}

const cutsOf = (segment: Segment, rules: readonly Restriction[], clock: ZoneClock | undefined): Cut[] => {
  const { lengthTicks, energy } = segment
  if (lengthTicks <= 0) return []
  const atTicks = (ticks: number): Cut => ({ ticks, energy: share(energy, ticks, lengthTicks) })
  const cuts: Cut[] = []
  // A reservation does not count towards the duration of the session.
  const timed = segment.charging ? rules : []
  for (const bound of timed.flatMap(({ minTicks, maxTicks }) => [minTicks, maxTicks])) {
    const ticks = bound - segment.elapsedTicks
    if (ticks > 0 && ticks < lengthTicks) cuts.push(atTicks(ticks))
  }
  for (const bound of rules.flatMap(({ minEnergy, maxEnergy }) => [minEnergy, maxEnergy])) {
    const reached = bound - segment.energyBefore
    if (reached > 0 && reached < energy)
      cuts.push({ ticks: share(lengthTicks, reached, energy), energy: reached })
  }
  const local = rules.filter((rule) => rule.local)
  if (clock !== undefined && local.length > 0) {
    const times = [...new Set([0, ...local.flatMap(({ fromMs, toMs }) => [fromMs, toMs % MS_PER_DAY])])]
    const endMs = segment.startMs + lengthTicks / TICKS_PER_MS
    for (const moment of localMoments(segment.startMs, endMs, times, clock))
      cuts.push(atTicks((moment - segment.startMs) * TICKS_PER_MS))
  }
  if (cuts.length > MAX_CUTS) throw new OutOfRange('a charging period has too many changes of price')
  return cuts.sort((a, b) => a.ticks - b.ticks || a.energy - b.energy)
}

/** The pieces of a segment between its cuts; what does not divide evenly falls to the later piece. */
const piecesOf = (segment: Segment, cuts: readonly Cut[]): Segment[] => {
  const points = [...cuts, { ticks: segment.lengthTicks, energy: segment.energy }]
  let from: Cut = { ticks: 0, energy: 0 }
  return points.flatMap((to) => {
    if (to.ticks === from.ticks && to.energy === from.energy) return []
    const between = (whole: number): number =>
      share(whole, to.ticks, segment.lengthTicks) - share(whole, from.ticks, segment.lengthTicks)
    const piece: Segment = {
      ...segment,
      startMs: segment.startMs + from.ticks / TICKS_PER_MS,
      lengthTicks: to.ticks - from.ticks,
      elapsedTicks: segment.charging ? segment.elapsedTicks + from.ticks : segment.elapsedTicks,
      energyBefore: segment.energyBefore + from.energy,
      energy: to.energy - from.energy,
      chargingTicks: between(segment.chargingTicks),
      parkingTicks: between(segment.parkingTicks),
      reservation: segment.reservation && {
        ...segment.reservation,
        reserved: between(segment.reservation.reserved),
        expired: between(segment.reservation.expired),
        overtime: between(segment.reservation.overtime),
      },
    }
    from = to
    return [piece]
  })
}

/**
 * Cuts segments wherever a restriction of their tariff may begin or cease to hold (4.3): at local times of day, at
 * midnight, when clocks are changed, at durations and at energies. Energy is spread evenly over the time of a period.
 * Throws `OutOfRange` for periods that would fall into more than ten thousand pieces.
 */
export const cutSegments = (
  segments: readonly Segment[],
  compiled: CompiledTariffs,
  clock: ZoneClock | undefined,
): readonly Segment[] => {
  const rules = compiled.tariffs.map((_, index) => restrictionsOf(compiled, index))
  return segments.flatMap((segment) => {
    const cuts = cutsOf(segment, rules[segment.tariffIndex] ?? [], clock)
    return cuts.length === 0 ? [segment] : piecesOf(segment, cuts)
  })
}
