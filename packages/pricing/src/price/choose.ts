import type { Segment } from '../session/segments.js'
import type { Candidate, CompiledTariffs, Component, Dimension } from '../tariff/compile-tariffs.js'
import type { Family } from '../tariff/family.js'
import { type Circumstances, failingRestriction } from '../tariff/restriction.js'
import type { ZoneClock } from '../zone/zone-clock.js'

/** What is so at the start of a segment. Local time is the instant itself where no tariff asks for it. */
export const circumstancesAt = (segment: Segment, clock: ZoneClock | undefined): Circumstances => ({
  localMs: clock === undefined ? segment.startMs : segment.startMs + clock.offsetMsAt(segment.startMs),
  elapsedTicks: segment.elapsedTicks,
  energyBefore: segment.energyBefore,
  power: segment.power,
  current: segment.current,
})

const holds = ({ restriction }: Candidate, at: Circumstances): boolean =>
  restriction === undefined || failingRestriction(restriction, at) === undefined

/** The components that are looked at for a dimension, in order. */
export const candidatesFor = (
  compiled: CompiledTariffs,
  tariffIndex: number,
  family: Family,
  dimension: Dimension,
): readonly Candidate[] => compiled.tariffs[tariffIndex]?.candidates[family][dimension] ?? []

/** The first component of the dimension whose element holds at the moment (TAR-031); undefined when nothing is charged (TAR-032). */
export const activeComponent = (
  candidates: readonly Candidate[],
  at: Circumstances,
): Component | undefined => {
  for (const candidate of candidates) if (holds(candidate, at)) return candidate.component
  return undefined
}
