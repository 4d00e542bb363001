import { ENERGY_PER_WH, share, TICKS_PER_MS } from '../exact/grid.js'
import { activeComponent, candidatesFor, circumstancesAt } from '../price/choose.js'
import { cutSegments } from '../session/cut-segments.js'
import type { Segment } from '../session/segments.js'
import type { CompiledTariffs, Dimension } from '../tariff/compile-tariffs.js'
import { FAMILIES, type Family } from '../tariff/family.js'
import type { Flow } from '../tariff/restriction.js'
import type { ZoneClock } from '../zone/zone-clock.js'
import type { Stretch } from './readings.js'

/** What a stretch of a session is to the tariff; names the time dimension of its period. */
export type PieceKind = 'charging' | 'parking' | 'reserved'

/** Time in which no component of the tariff begins or ceases to apply. */
export interface Piece {
  readonly kind: PieceKind
  readonly startMs: number
  readonly endMs: number
  readonly energyFrom: number
  readonly energyTo: number
  readonly tariffIndex: number
  readonly power: Flow | undefined
  readonly current: Flow | undefined
  /** The components that apply, one for each dimension; equal for pieces that may be one period. */
  readonly signature: string
}

/** What pieces are cut by. */
export interface Cutting {
  readonly compiled: CompiledTariffs
  readonly clock: ZoneClock | undefined
  /** When charging began; durations count from here. */
  readonly chargingStartMs: number
}

/** Where a piece begins. */
interface Border {
  readonly ms: number
  readonly energy: number
}

/** Interpolated energy is told to a tenth of a watt-hour, four decimals of a kWh. */
const INTERPOLATED = ENERGY_PER_WH / 10

const boundsOf = (compiled: CompiledTariffs, tariffIndex: number): ReadonlySet<number> =>
  new Set(
    FAMILIES.flatMap((family) =>
      Object.values(compiled.tariffs[tariffIndex]?.candidates[family] ?? {}).flatMap((candidates) =>
        candidates.flatMap(({ restriction }) =>
          restriction === undefined ? [] : [restriction.minEnergy, restriction.maxEnergy],
        ),
      ),
    ),
  )

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value))

/**
 * Borders as documents say them: at an energy the register shows exactly that energy, at a whole second where there is
 * room; at a moment the moment is exact and the energy rounded. Two borders never share a moment.
 */
const bordersOf = (stretch: Stretch, cuts: readonly Segment[], bounds: ReadonlySet<number>): Border[] => {
  const borders: Border[] = [{ ms: stretch.startMs, energy: stretch.energyFrom }]
  cuts.slice(1).forEach((cut, index) => {
    const before = borders.at(-1) ?? { ms: stretch.startMs, energy: stretch.energyFrom }
    const nextMs = cuts[index + 2]?.startMs ?? stretch.endMs
    const atEnergy = bounds.has(cut.energyBefore) && cut.energyBefore !== stretch.energyFrom
    const second = Math.round(cut.startMs / 1000) * 1000
    const ms = atEnergy && second > before.ms && second < nextMs ? second : Math.round(cut.startMs)
    if (ms <= before.ms || ms >= stretch.endMs) return
    const energy = atEnergy ? cut.energyBefore : Math.round(cut.energyBefore / INTERPOLATED) * INTERPOLATED
    borders.push({ ms, energy: between(before.energy, energy, stretch.energyTo) })
  })
  return borders
}

const signatureOf = (
  segment: Segment,
  family: Family,
  dimensions: readonly Dimension[],
  { compiled, clock }: Cutting,
): string => {
  const at = circumstancesAt(segment, clock)
  const told = `${segment.power === undefined ? '' : 'p'}${segment.current === undefined ? '' : 'c'}`
  return dimensions.reduce((signature, dimension) => {
    const candidates = candidatesFor(compiled, segment.tariffIndex, family, dimension)
    return `${signature} ${dimension}:${activeComponent(candidates, at)?.slot ?? ''}`
  }, told)
}

const segmentOf = (stretch: Stretch, from: Border, to: Border, at: Cutting & { tariffIndex: number }) => {
  const lengthTicks = (to.ms - from.ms) * TICKS_PER_MS
  const flows = at.compiled.needsFlow
  return {
    periodIndex: 0,
    startMs: from.ms,
    lengthTicks,
    tariffIndex: at.tariffIndex,
    elapsedTicks: (from.ms - at.chargingStartMs) * TICKS_PER_MS,
    energyBefore: from.energy,
    charging: true,
    energy: to.energy - from.energy,
    chargingTicks: stretch.requestsPower ? lengthTicks : 0,
    parkingTicks: stretch.requestsPower ? 0 : lengthTicks,
    reservation: undefined,
    power: flows ? stretch.power : undefined,
    current: flows ? stretch.current : undefined,
  } satisfies Segment
}

/** The pieces of the time between two readings. Throws `OutOfRange` for readings that are years apart. */
export const chargingPieces = (stretch: Stretch, tariffIndex: number, cutting: Cutting): readonly Piece[] => {
  const at = { ...cutting, tariffIndex }
  const end: Border = { ms: stretch.endMs, energy: stretch.energyTo }
  const whole = segmentOf(stretch, { ms: stretch.startMs, energy: stretch.energyFrom }, end, at)
  const cuts = cutSegments([whole], cutting.compiled, cutting.clock)
  const borders = bordersOf(stretch, cuts, boundsOf(cutting.compiled, tariffIndex))
  const kind = stretch.requestsPower ? 'charging' : 'parking'
  return borders.map((from, index): Piece => {
    const to = borders[index + 1] ?? end
    const segment = segmentOf(stretch, from, to, at)
    const time = kind === 'charging' ? 'TIME' : 'PARKING_TIME'
    const energy = kind === 'charging' || segment.energy !== 0 ? (['ENERGY'] as const) : []
    return {
      kind,
      startMs: from.ms,
      endMs: to.ms,
      energyFrom: from.energy,
      energyTo: to.energy,
      tariffIndex,
      power: segment.power,
      current: segment.current,
      signature: signatureOf(segment, 'charging', ['FLAT', time, ...energy], cutting),
    }
  })
}

/** The pieces of the time an EVSE is kept free; `family` says how that is priced. */
export const reservedPieces = (
  time: { readonly startMs: number; readonly endMs: number },
  family: Family,
  tariffIndex: number,
  cutting: Cutting,
): readonly Piece[] => {
  if (time.endMs <= time.startMs) return []
  const lengthTicks = (time.endMs - time.startMs) * TICKS_PER_MS
  const none = { energy: 0, energyBefore: 0, elapsedTicks: 0, chargingTicks: 0, parkingTicks: 0 }
  const whole: Segment = {
    periodIndex: 0,
    startMs: time.startMs,
    lengthTicks,
    tariffIndex,
    charging: false,
    ...none,
    reservation: { reserved: lengthTicks, family, expired: 0, overtime: 0 },
    power: undefined,
    current: undefined,
  }
  return cutSegments([whole], cutting.compiled, cutting.clock).map(
    (segment): Piece => ({
      kind: 'reserved',
      startMs: segment.startMs,
      endMs: segment.startMs + segment.lengthTicks / TICKS_PER_MS,
      energyFrom: 0,
      energyTo: 0,
      tariffIndex,
      power: undefined,
      current: undefined,
      signature: signatureOf(segment, family, ['FLAT', 'TIME'], cutting),
    }),
  )
}

/** The stretch in two where it contains the moment; energy is spread evenly over its time (TAR-056). */
export const splitStretch = (stretch: Stretch, atMs: number): readonly Stretch[] => {
  if (atMs <= stretch.startMs || atMs >= stretch.endMs) return [stretch]
  const { startMs, endMs, energyFrom, energyTo } = stretch
  const until = energyFrom + share(energyTo - energyFrom, atMs - startMs, endMs - startMs)
  const energy = between(energyFrom, Math.round(until / INTERPOLATED) * INTERPOLATED, energyTo)
  return [
    { ...stretch, endMs: atMs, energyTo: energy },
    { ...stretch, startMs: atMs, energyFrom: energy },
  ]
}
