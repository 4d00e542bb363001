import { share, TICKS_PER_MS, TooLong } from '../exact/grid.js'
import type { Candidate, CompiledTariffs } from '../tariff/compile-tariffs.js'
import { FAMILIES } from '../tariff/family.js'
import { MS_PER_DAY, type Restriction } from '../tariff/restriction.js'
import type { ZoneClock } from '../zone/zone-clock.js'
import type { Segment } from './segments.js'

/** More pieces than any session has; one of many years is refused rather than cut. */
const MAX_CUTS = 10_000

/** How many cuts a session has left. */
interface Budget {
  left: number
}

const spend = (budget: Budget, cuts: number): void => {
  budget.left -= cuts
  if (budget.left < 0) throw new TooLong(`a session falls into more than ${MAX_CUTS} pieces`)
}

/** A point inside a segment: how far it has come in time and energy. */
interface Cut {
  readonly ticks: number
  readonly energy: number
}

/** What the restrictions of a tariff name: each bound once. */
interface Bounds {
  readonly ticks: readonly number[]
  readonly energies: readonly number[]
  /** Milliseconds of the local day; empty when no restriction asks for local time. */
  readonly timesOfDay: readonly number[]
}

const finite = (bounds: readonly number[]): readonly number[] => [...new Set(bounds.filter(Number.isFinite))]

const boundsOf = (rules: readonly Restriction[]): Bounds => {
  const local = rules.filter((rule) => rule.local)
  return {
    ticks: finite(rules.flatMap(({ minTicks, maxTicks }) => [minTicks, maxTicks])),
    energies: finite(rules.flatMap(({ minEnergy, maxEnergy }) => [minEnergy, maxEnergy])),
    timesOfDay:
      local.length === 0
        ? []
        : finite([0, ...local.flatMap(({ fromMs, toMs }) => [fromMs % MS_PER_DAY, toMs % MS_PER_DAY])]),
  }
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
  budget: Budget,
): number[] => {
  // Before anything is looked up: years of local times are as long to list as to cut.
  const days = Math.floor((toMs - fromMs) / MS_PER_DAY)
  spend(budget, days * timesOfDay.length)
  const changes = clock.changesWithin(fromMs, toMs)
  const offsets = new Set([clock.offsetMsAt(fromMs), ...changes.map((at) => clock.offsetMsAt(at))])
  const moments = [...changes]
  for (const offset of offsets) {
    const firstDay = Math.floor((fromMs + offset) / MS_PER_DAY)
    for (let day = firstDay; day <= firstDay + days + 1; day += 1)
      for (const ofDay of timesOfDay) {
        const moment = day * MS_PER_DAY + ofDay - offset
        if (moment > fromMs && moment < toMs) moments.push(moment)
      }
  }
  return moments
}

const cutsOf = (segment: Segment, bounds: Bounds, clock: ZoneClock | undefined, budget: Budget): Cut[] => {
  const { lengthTicks, energy } = segment
  if (lengthTicks <= 0) return []
  const atTicks = (ticks: number): Cut => ({ ticks, energy: share(energy, ticks, lengthTicks) })
  const cuts: Cut[] = []
  // A reservation does not count towards the duration of the session.
  for (const bound of segment.charging ? bounds.ticks : []) {
    const ticks = bound - segment.elapsedTicks
    if (ticks > 0 && ticks < lengthTicks) cuts.push(atTicks(ticks))
  }
  for (const bound of bounds.energies) {
    const reached = bound - segment.energyBefore
    if (reached > 0 && reached < energy)
      cuts.push({ ticks: share(lengthTicks, reached, energy), energy: reached })
  }
  if (clock !== undefined && bounds.timesOfDay.length > 0) {
    const endMs = segment.startMs + lengthTicks / TICKS_PER_MS
    for (const moment of localMoments(segment.startMs, endMs, bounds.timesOfDay, clock, budget))
      cuts.push(atTicks((moment - segment.startMs) * TICKS_PER_MS))
  }
  spend(budget, cuts.length)
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
 * Throws `TooLong` for sessions that would fall into more than some ten thousand pieces.
 */
export const cutSegments = (
  segments: readonly Segment[],
  compiled: CompiledTariffs,
  clock: ZoneClock | undefined,
): readonly Segment[] => {
  const bounds = compiled.tariffs.map((_, index) => boundsOf(restrictionsOf(compiled, index)))
  const none: Bounds = { ticks: [], energies: [], timesOfDay: [] }
  const budget: Budget = { left: MAX_CUTS }
  return segments.flatMap((segment) => {
    const cuts = cutsOf(segment, bounds[segment.tariffIndex] ?? none, clock, budget)
    return cuts.length === 0 ? [segment] : piecesOf(segment, cuts)
  })
}
