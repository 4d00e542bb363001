import { ENERGY_PER_WH, share, TICKS_PER_MS } from '../exact/grid.js'
import { candidatesFor, circumstancesAt } from '../price/choose.js'
import { cutSegments } from '../session/cut-segments.js'
import type { Segment } from '../session/segments.js'
import type { Candidate, CompiledTariffs, Dimension } from '../tariff/compile-tariffs.js'
import { FAMILIES, type Family } from '../tariff/family.js'
import { type Circumstances, type Flow, failingRestriction } from '../tariff/restriction.js'
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
  /** Which components apply, and why not those before them; equal for pieces that may be one period. */
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

/** Where the price of a tariff may change during a session, whatever the readings: instants, and energies, rising. */
interface Changes {
  readonly moments: readonly number[]
  readonly energies: readonly number[]
}

const energiesOf = (compiled: CompiledTariffs, tariffIndex: number): readonly number[] => {
  const bounds = FAMILIES.flatMap((family) =>
    Object.values(compiled.tariffs[tariffIndex]?.candidates[family] ?? {}).flatMap((candidates) =>
      candidates.flatMap(({ restriction }) =>
        restriction === undefined ? [] : [restriction.minEnergy, restriction.maxEnergy],
      ),
    ),
  )
  return [...new Set(bounds)].filter(Number.isFinite).sort((a, b) => a - b)
}

const changesOf = (startMs: number, endMs: number, tariffIndex: number, cutting: Cutting): Changes => {
  const none = { energyFrom: 0, energyTo: 0, requestsPower: true, power: undefined, current: undefined }
  const at = { ...cutting, tariffIndex }
  const [from, to] = [startMs, endMs].map((ms): Border => ({ ms, energy: 0 }))
  if (from === undefined || to === undefined) return { moments: [], energies: [] }
  const whole = segmentOf({ startMs, endMs, ...none }, from, to, at)
  return {
    moments: cutSegments([whole], cutting.compiled, cutting.clock)
      .slice(1)
      .map((cut) => cut.startMs),
    energies: energiesOf(cutting.compiled, tariffIndex),
  }
}

/** A place where a stretch is to be cut; `ms` need not be whole. */
interface Cut extends Border {
  readonly atEnergy: boolean
}

/** Energy is spread evenly over the time between two readings (TAR-056). */
const cutsOf = (stretch: Stretch, { moments, energies }: Changes): readonly Cut[] => {
  const { startMs, endMs, energyFrom, energyTo } = stretch
  const [length, energy] = [endMs - startMs, energyTo - energyFrom]
  const cuts: Cut[] = []
  for (const ms of moments)
    if (ms > startMs && ms < endMs)
      cuts.push({ ms, energy: energyFrom + share(energy, ms - startMs, length), atEnergy: false })
  for (const bound of energies)
    if (bound > energyFrom && bound < energyTo)
      cuts.push({ ms: startMs + (length * (bound - energyFrom)) / energy, energy: bound, atEnergy: true })
  return cuts.length < 2 ? cuts : cuts.sort((a, b) => a.ms - b.ms || a.energy - b.energy)
}

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value))

/**
 * Borders as documents say them: at an energy the register shows exactly that energy, at a whole second where there is
 * room; at a moment the moment is exact and the energy rounded. Two borders never share a moment.
 */
const bordersOf = (stretch: Stretch, cuts: readonly Cut[]): readonly Border[] => {
  const first: Border = { ms: stretch.startMs, energy: stretch.energyFrom }
  const borders: Border[] = [first]
  cuts.forEach((cut, index) => {
    const before = borders.at(-1) ?? first
    const nextMs = cuts[index + 1]?.ms ?? stretch.endMs
    const second = Math.round(cut.ms / 1000) * 1000
    const ms = cut.atEnergy && second > before.ms && second < nextMs ? second : Math.round(cut.ms)
    if (ms <= before.ms || ms >= stretch.endMs) return
    const energy = cut.atEnergy ? cut.energy : Math.round(cut.energy / INTERPOLATED) * INTERPOLATED
    borders.push({ ms, energy: between(before.energy, energy, stretch.energyTo) })
  })
  return borders
}

/**
 * The component of a dimension that applies, after what the energy so far says about those before it. Thus whoever
 * spreads the energy of a period evenly, not knowing the readings, never comes upon a moment at which one of them holds.
 */
const appliesOf = (candidates: readonly Candidate[], at: Circumstances): string => {
  let before = ''
  for (const { component, restriction } of candidates) {
    if (restriction === undefined || failingRestriction(restriction, at) === undefined)
      return `${before}${component.slot}`
    before +=
      at.energyBefore < restriction.minEnergy ? '<' : at.energyBefore >= restriction.maxEnergy ? '>' : '='
  }
  return before
}

const signatureOf = (
  segment: Segment,
  family: Family,
  dimensions: readonly Dimension[],
  { compiled, clock }: Cutting,
): string => {
  const at = circumstancesAt(segment, clock)
  const told = `${segment.power === undefined ? '' : 'p'}${segment.current === undefined ? '' : 'c'}`
  return dimensions.reduce(
    (signature, dimension) =>
      `${signature} ${dimension}:${appliesOf(candidatesFor(compiled, segment.tariffIndex, family, dimension), at)}`,
    told,
  )
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

const piecesOf = (
  stretch: Stretch,
  borders: readonly Border[],
  at: Cutting & { readonly tariffIndex: number },
): readonly Piece[] => {
  const end: Border = { ms: stretch.endMs, energy: stretch.energyTo }
  const kind = stretch.requestsPower ? 'charging' : 'parking'
  const time = kind === 'charging' ? 'TIME' : 'PARKING_TIME'
  return borders.map((from, index): Piece => {
    const to = borders[index + 1] ?? end
    const segment = segmentOf(stretch, from, to, at)
    const energy = kind === 'charging' || segment.energy !== 0 ? (['ENERGY'] as const) : []
    return {
      kind,
      startMs: from.ms,
      endMs: to.ms,
      energyFrom: from.energy,
      energyTo: to.energy,
      tariffIndex: at.tariffIndex,
      power: segment.power,
      current: segment.current,
      signature: signatureOf(segment, 'charging', ['FLAT', time, ...energy], at),
    }
  })
}

/** The pieces of the time between readings. Throws `OutOfRange` for readings that are years apart. */
export const chargingPieces = (
  stretches: readonly Stretch[],
  tariffIndexAt: (epochMs: number) => number,
  cutting: Cutting,
): readonly Piece[] => {
  const [first, last] = [stretches[0], stretches.at(-1)]
  if (first === undefined || last === undefined) return []
  const known = new Map<number, Changes>()
  return stretches.flatMap((stretch) => {
    const tariffIndex = tariffIndexAt(stretch.startMs)
    const changes = known.get(tariffIndex) ?? changesOf(first.startMs, last.endMs, tariffIndex, cutting)
    known.set(tariffIndex, changes)
    return piecesOf(stretch, bordersOf(stretch, cutsOf(stretch, changes)), { ...cutting, tariffIndex })
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
