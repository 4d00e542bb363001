import { ENERGY_PER_WH, OutOfRange, TooLong } from '../exact/grid.js'
import { activeComponent, candidatesFor, circumstancesAt } from '../price/choose.js'
import { priceSession } from '../price/price-session.js'
import { publishAmount } from '../publish/publish.js'
import { cutSegments } from '../session/cut-segments.js'
import { type Segment, segmentsOf } from '../session/segments.js'
import type { CompiledTariffs, Component, Dimension } from '../tariff/compile-tariffs.js'
import type { ZoneClock } from '../zone/zone-clock.js'
import { zoneClock } from '../zone/zone-clock.js'
import type { Basis } from './basis.js'
import { type CheckFinding, finding } from './finding.js'
import { amountText, publishedMicros } from './micros.js'

/** A border this close to where the price changes is where it should be (4.3). */
const NEAR_MS = 1_000
const NEAR_ENERGY = ENERGY_PER_WH

const BORDER_FIELDS = [
  'start_time',
  'end_time',
  'start_date',
  'end_date',
  'min_kwh',
  'max_kwh',
  'min_duration',
  'max_duration',
  'day_of_week',
] as const

/** Whether the price can change in the course of a period at all. */
const changesInTime = ({ tariffs }: CompiledTariffs): boolean =>
  tariffs.some(({ tariff }) =>
    tariff.elements.some(({ restrictions }) =>
      BORDER_FIELDS.some((field) => restrictions?.[field] !== undefined),
    ),
  )

const VOLUMES: readonly {
  readonly dimension: Exclude<Dimension, 'FLAT'>
  readonly volume: (segment: Segment) => number
}[] = [
  { dimension: 'ENERGY', volume: ({ energy }) => energy },
  { dimension: 'TIME', volume: ({ chargingTicks }) => chargingTicks },
  { dimension: 'PARKING_TIME', volume: ({ parkingTicks }) => parkingTicks },
]

interface Looking {
  readonly compiled: CompiledTariffs
  readonly clock: ZoneClock | undefined
}

const componentAt = (
  { compiled, clock }: Looking,
  segment: Segment,
  dimension: Dimension,
): Component | undefined =>
  activeComponent(
    candidatesFor(compiled, segment.tariffIndex, 'charging', dimension),
    circumstancesAt(segment, clock),
  )

/** Whether a piece begins well inside its period, as far as the dimension goes. */
const isInside = (piece: Segment, whole: Segment, dimension: Dimension): boolean => {
  const passedMs = piece.startMs - whole.startMs
  const leftMs = whole.lengthTicks / 10_000 - passedMs
  if (passedMs <= NEAR_MS || leftMs <= NEAR_MS) return false
  if (dimension !== 'ENERGY') return true
  const passed = piece.energyBefore - whole.energyBefore
  return passed > NEAR_ENERGY && whole.energy - passed > NEAR_ENERGY
}

interface Change {
  readonly whole: Segment
  readonly piece: Segment
  readonly dimension: Dimension
}

const changeIn = (looking: Looking, whole: Segment, pieces: readonly Segment[]): Change | undefined => {
  for (const { dimension, volume } of VOLUMES) {
    if (volume(whole) === 0) continue
    const first = componentAt(looking, whole, dimension)
    const piece = pieces.find(
      (candidate) =>
        volume(candidate) !== 0 &&
        componentAt(looking, candidate, dimension) !== first &&
        isInside(candidate, whole, dimension),
    )
    if (piece !== undefined) return { whole, piece, dimension }
  }
  return undefined
}

const totalText = (basis: Basis, borders: 'given' | 'cut'): string => {
  const { compiled } = basis.price
  const price = priceSession(basis.session, { ...compiled, policy: { ...compiled.policy, borders } })
  if (price.kind === 'refused') return 'no price'
  const amount = publishAmount(
    price.total,
    compiled.denominator,
    compiled.digits,
    compiled.policy.rounding_mode,
  )
  const { net, gross } = publishedMicros(amount)
  const shown = net ?? gross ?? 0
  return amountText(shown, compiled.digits)
}

const given = ({ session, price }: Basis): readonly Segment[] =>
  segmentsOf(session, price.compiled).filter(({ charging }) => charging)

/** Periods in pieces; when one lasts for years, which is told elsewhere, none is cut. */
const piecesOf = (wholes: readonly Segment[], { compiled, clock }: Looking): readonly Segment[] => {
  try {
    return cutSegments(wholes, compiled, clock)
  } catch (error) {
    if (error instanceof TooLong || error instanceof OutOfRange) return wholes
    throw error
  }
}

/** Pieces by the period they are of. */
const byPeriod = (pieces: readonly Segment[]): ReadonlyMap<number, readonly Segment[]> => {
  const groups = new Map<number, Segment[]>()
  for (const piece of pieces) {
    const known = groups.get(piece.periodIndex)
    if (known === undefined) groups.set(piece.periodIndex, [piece])
    else known.push(piece)
  }
  return groups
}

/** Periods inside which the component that prices them changes: a border is missing there (TAR-055, tariffs 4.3). */
export const checkBorders = (basis: Basis): readonly CheckFinding[] => {
  const { compiled } = basis.price
  if (!changesInTime(compiled)) return []
  const { time_zone } = basis.session
  const clock = compiled.needsTimeZone && time_zone !== undefined ? zoneClock(time_zone) : undefined
  const looking = { compiled, clock }
  const wholes = given(basis)
  const pieces = piecesOf(wholes, looking)
  if (pieces.length === wholes.length) return []
  const groups = byPeriod(pieces)
  const changes = wholes.flatMap((whole) => {
    const own = groups.get(whole.periodIndex) ?? []
    return own.length < 2 ? [] : (changeIn(looking, whole, own) ?? [])
  })
  if (changes.length === 0) return []
  const both = `at borders as given the total is ${totalText(basis, 'given')}, cut there it is ${totalText(basis, 'cut')}`
  return changes.map(({ whole, piece, dimension }) => {
    const moment = `${new Date(Math.round(piece.startMs)).toISOString().slice(0, 19)}Z`
    const message = `the price of ${dimension} changes at ${moment} inside the period; ${both}`
    return finding('missing_border', `/charging_periods/${whole.periodIndex}`, message)
  })
}
