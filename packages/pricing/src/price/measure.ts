import { ceilTo, ENERGY_PER_WH, OutOfRange, TICKS_PER_SECOND } from '../exact/grid.js'
import type { Segment } from '../session/segments.js'
import type { CompiledTariffs, Component, Dimension } from '../tariff/compile-tariffs.js'
import { type Family, KINDS_OF_FAMILY } from '../tariff/family.js'
import type { Circumstances } from '../tariff/restriction.js'
import type { ZoneClock } from '../zone/zone-clock.js'
import { activeComponent, candidatesFor, noCircumstances, readCircumstances } from './choose.js'

/** A quantity charged by one component: what was measured, and what `step_size` makes of it. */
export interface Charge {
  readonly component: Component
  readonly family: Family
  /** In the counts of its dimension: millionths of a watt-hour, ticks, or 1 for a flat fee. */
  measured: number
  billed: number
  /** The segments it comes from, by index. */
  readonly segments: number[]
}

/** A quantity that no component of the tariff prices. */
export interface Unpriced {
  readonly family: Family
  readonly dimension: Exclude<Dimension, 'FLAT'>
  measured: number
  readonly segments: number[]
}

/** What is charged in a session, before any money. */
export interface Measured {
  readonly segments: readonly Segment[]
  /** In the order in which they first apply. */
  readonly charges: readonly Charge[]
  readonly unpriced: readonly Unpriced[]
}

/** A family of volumes that are rounded up together. */
interface Lane {
  readonly dimension: Exclude<Dimension, 'FLAT'>
  total: number
  unpriced: number
  /** The charge that was priced last, and when. */
  last: Charge | undefined
  lastAt: number
}

interface Taking {
  readonly compiled: CompiledTariffs
  readonly charges: Charge[]
  readonly bySlot: (Charge | undefined)[]
  readonly unpriced: Unpriced[]
  /** Families whose fee is taken; made when the first is. */
  flats: Set<Family> | undefined
}

/** Where in the session something is charged; one object serves all segments in turn. */
interface Where {
  segment: Segment
  index: number
  family: Family
  readonly at: Circumstances
}

const laneOf = (dimension: Lane['dimension']): Lane => ({
  dimension,
  total: 0,
  unpriced: 0,
  last: undefined,
  lastAt: -1,
})

const chargeOf = (taking: Taking, component: Component, family: Family): Charge => {
  const known = taking.bySlot[component.slot]
  if (known !== undefined) return known
  const charge: Charge = { component, family, measured: 0, billed: 0, segments: [] }
  taking.bySlot[component.slot] = charge
  taking.charges.push(charge)
  return charge
}

/** A flat fee is due where it is first active: one a session, or each different one once (4.6, #566). */
const takeFlat = (taking: Taking, { segment, index, family, at }: Where): void => {
  const { policy } = taking.compiled
  if (policy.flat === 'first' && taking.flats?.has(family) === true) return
  const candidates = candidatesFor(taking.compiled, segment.tariffIndex, family, 'FLAT')
  const both = family === 'expired' && policy.expired_flat === 'both'
  const groups = both
    ? KINDS_OF_FAMILY[family].map((kind) => candidates.filter(({ component }) => component.kind === kind))
    : [candidates]
  for (const group of groups) {
    const component = activeComponent(group, at)
    if (component === undefined) continue
    taking.flats ??= new Set()
    taking.flats.add(family)
    const charge = chargeOf(taking, component, family)
    if (charge.measured === 1) continue
    charge.measured = 1
    charge.segments.push(index)
  }
}

const takeVolume = (taking: Taking, lane: Lane, where: Where, volume: number): void => {
  if (volume === 0) return
  const { segment, index, family, at } = where
  const candidates = candidatesFor(taking.compiled, segment.tariffIndex, family, lane.dimension)
  const component = activeComponent(candidates, at)
  if (component === undefined) {
    lane.unpriced += volume
    const known = taking.unpriced.find((one) => one.family === family && one.dimension === lane.dimension)
    if (known === undefined)
      taking.unpriced.push({ family, dimension: lane.dimension, measured: volume, segments: [index] })
    else {
      known.measured += volume
      known.segments.push(index)
    }
    return
  }
  const charge = chargeOf(taking, component, family)
  charge.measured += volume
  charge.segments.push(index)
  lane.total += volume
  lane.last = charge
  lane.lastAt = index
}

/** Whole seconds, and tenths of a watt-hour: what lies below is the noise of four decimals (4.7). */
const clean = (total: number, noise: number): number => Math.round(total / noise) * noise

const STEP_UNIT: Readonly<Record<Lane['dimension'], { readonly step: number; readonly noise: number }>> = {
  ENERGY: { step: ENERGY_PER_WH, noise: ENERGY_PER_WH / 10 },
  TIME: { step: TICKS_PER_SECOND, noise: TICKS_PER_SECOND },
  PARKING_TIME: { step: TICKS_PER_SECOND, noise: TICKS_PER_SECOND },
}

/** Rounds the total of a lane up to the step of its last component, whose charge takes the difference (TAR-075). */
const roundUp = (lane: Lane, countUnpriced: boolean): void => {
  const total = countUnpriced ? lane.total + lane.unpriced : lane.total
  if (lane.last === undefined || total <= 0) return
  const { step, noise } = STEP_UNIT[lane.dimension]
  const billed = ceilTo(clean(total, noise), step * lane.last.component.stepSize)
  if (!Number.isSafeInteger(total) || !Number.isSafeInteger(billed))
    throw new OutOfRange('a quantity of the session is too large')
  lane.last.billed += billed - total
}

const roundTimes = (time: Lane, parking: Lane, compiled: CompiledTariffs): void => {
  const all = compiled.policy.step_base === 'all'
  const { time_step } = compiled.policy
  // In one period that has both, parking is taken to follow charging.
  const parkingIsLast = parking.last !== undefined && parking.lastAt >= time.lastAt
  const parkingCounts = time_step === 'parking' ? parking.last !== undefined : parkingIsLast
  if (time_step === 'each' || !parkingCounts) roundUp(time, all)
  if (time_step === 'each' || parkingCounts) roundUp(parking, all)
}

/** Collects what each component charges over the segments and applies `step_size` (4.5 to 4.8). Throws `OutOfRange`. */
export const measure = (
  compiled: CompiledTariffs,
  segments: readonly Segment[],
  clock: ZoneClock | undefined,
  cancelled: boolean,
): Measured => {
  const taking: Taking = { compiled, charges: [], bySlot: [], unpriced: [], flats: undefined }
  const [energy, time, parking] = [laneOf('ENERGY'), laneOf('TIME'), laneOf('PARKING_TIME')]
  let reservations: Map<Family, Lane> | undefined
  const takeReserved = (where: Where, family: Family, ticks: number) => {
    if (ticks === 0) return
    reservations ??= new Map()
    const lane = reservations.get(family) ?? laneOf('TIME')
    reservations.set(family, lane)
    where.family = family
    takeFlat(taking, where)
    takeVolume(taking, lane, where, ticks)
  }
  const [first] = segments
  if (first === undefined) return { segments, charges: [], unpriced: [] }
  const where: Where = { segment: first, index: 0, family: 'charging', at: noCircumstances() }
  if (cancelled) {
    where.family = 'booking-cancelled'
    readCircumstances(where.at, first, clock)
    takeFlat(taking, where)
  }
  for (let index = 0; index < segments.length; index += 1) {
    const segment = segments[index]
    if (segment === undefined) continue
    where.segment = segment
    where.index = index
    readCircumstances(where.at, segment, clock)
    const { reservation } = segment
    if (reservation !== undefined) {
      takeReserved(where, reservation.family, reservation.reserved)
      takeReserved(where, 'booking-expired', reservation.expired)
      takeReserved(where, 'booking-overtime', reservation.overtime)
    }
    if (!segment.charging || cancelled) continue
    where.family = 'charging'
    takeFlat(taking, where)
    takeVolume(taking, energy, where, segment.energy)
    takeVolume(taking, time, where, segment.chargingTicks)
    takeVolume(taking, parking, where, segment.parkingTicks)
  }
  for (const charge of taking.charges) charge.billed = charge.measured
  roundUp(energy, compiled.policy.step_base === 'all')
  roundTimes(time, parking, compiled)
  for (const lane of reservations?.values() ?? []) roundUp(lane, false)
  for (const { billed } of taking.charges)
    if (!Number.isSafeInteger(billed)) throw new OutOfRange('a quantity of the session is too large')
  return { segments, charges: taking.charges, unpriced: taking.unpriced }
}
