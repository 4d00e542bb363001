import type { Segment } from '../session/segments.js'
import type { Candidate, CompiledTariffs, Component, Dimension } from '../tariff/compile-tariffs.js'
import type { Family } from '../tariff/family.js'
import { type Circumstances, failingRestriction } from '../tariff/restriction.js'
import type { ZoneClock } from '../zone/zone-clock.js'

/** Nothing known yet; `readCircumstances` fills it. */
export const noCircumstances = (): Circumstances => ({
  localMs: 0,
  elapsedTicks: 0,
  energyBefore: 0,
  power: undefined,
  current: undefined,
})

/** What is so at the start of a segment, into one object that serves all segments in turn. */
export const readCircumstances = (
  into: Circumstances,
  segment: Segment,
  clock: ZoneClock | undefined,
): void => {
  into.localMs = clock === undefined ? segment.startMs : segment.startMs + clock.offsetMsAt(segment.startMs)
  into.elapsedTicks = segment.elapsedTicks
  into.energyBefore = segment.energyBefore
  into.power = segment.power
  into.current = segment.current
}

/** What is so at the start of a segment. Local time is the instant itself where no tariff asks for it. */
export const circumstancesAt = (segment: Segment, clock: ZoneClock | undefined): Circumstances => {
  const at = noCircumstances()
  readCircumstances(at, segment, clock)
  return at
}

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
