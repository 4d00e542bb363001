import type { ChargePlan } from '@interwatt/pricing'
import type { VehicleFigures } from '@interwatt/store'

/** What a driver wants to charge, wherever it is. */
export interface Wish {
  /** ISO time, a whole minute. */
  readonly start: string
  /** Metered kWh, or from one state of charge to another. */
  readonly energy: ChargePlan['energy']
  /** Plugged in after the goal is reached. */
  readonly parkedMinutes: number
  /** The car; undefined takes what the connector gives. */
  readonly vehicle: VehicleFigures | undefined
}

/** A wish as it is asked for. */
export interface AskedWish {
  readonly energyKwh?: number
  readonly fromPercent?: number
  readonly toPercent?: number
  /** ISO time. */
  readonly start?: string
  readonly parkedMinutes?: number
  readonly vehicle?: VehicleFigures
}

/** A wish, or what is wrong with it. */
export type WishRead =
  | { readonly kind: 'wish'; readonly wish: Wish }
  | { readonly kind: 'wrong'; readonly detail: string }

/** What a driver is taken to want who says nothing. */
export const USUAL_KWH = 20
const USUAL_FROM_PERCENT = 20

const MINUTE_MS = 60_000
/** Clocks of telephones are a little off. */
const PAST_MS = 10 * MINUTE_MS
const AHEAD_MS = 31 * 86_400_000

/** State of charge at the start: as told, else the usual one, or lower where the energy would not fit into the battery. */
const fromPercentFor = (
  kwh: number,
  { fromPercent, vehicle }: Pick<AskedWish, 'fromPercent' | 'vehicle'>,
): number | undefined => {
  if (fromPercent !== undefined || vehicle === undefined) return fromPercent
  const share = (100 * kwh) / Number(vehicle.batteryKwh)
  return share > 100 ? undefined : Math.min(USUAL_FROM_PERCENT, 100 - share)
}

const energyOf = (asked: AskedWish): ChargePlan['energy'] | string => {
  const { energyKwh, fromPercent = USUAL_FROM_PERCENT, toPercent } = asked
  if (toPercent === undefined) {
    const kwh = energyKwh ?? USUAL_KWH
    const from = fromPercentFor(kwh, asked)
    return { kwh, ...(from === undefined ? {} : { fromPercent: from }) }
  }
  if (energyKwh !== undefined) return 'Ask for energy_kwh or for to_percent, not for both.'
  if (toPercent <= fromPercent) return 'to_percent lies above from_percent.'
  return { fromPercent, toPercent }
}

/** Reads a wish; without anything it is 20 kWh from now, pulled out as soon as they are charged. */
export const readWish = (asked: AskedWish, nowMs: number): WishRead => {
  const startMs = asked.start === undefined ? nowMs : Date.parse(asked.start)
  if (Number.isNaN(startMs)) return { kind: 'wrong', detail: 'start is no instant.' }
  if (startMs < nowMs - PAST_MS) return { kind: 'wrong', detail: 'start lies in the past.' }
  if (startMs > nowMs + AHEAD_MS) return { kind: 'wrong', detail: 'start lies more than 31 days ahead.' }
  const energy = energyOf(asked)
  if (typeof energy === 'string') return { kind: 'wrong', detail: energy }
  const start = new Date(Math.floor(startMs / MINUTE_MS) * MINUTE_MS).toISOString()
  return {
    kind: 'wish',
    wish: { start, energy, parkedMinutes: asked.parkedMinutes ?? 0, vehicle: asked.vehicle },
  }
}
