import type { CarModel } from '../cars.js'
import { type Connector, currentMa, efficiencyPercent, powerW } from './power.js'

/** A car at a connector. Energies are whole watt-seconds, so nothing is lost between minutes. */
export interface Metering {
  readonly car: CarModel
  readonly connector: Connector
  readonly atS: number
  readonly deliveredWs: number
  readonly batteryWs: number
  /** Charge at which the car stops asking for power. */
  readonly targetWs: number
}

/** A stretch of constant power. */
export interface Slice {
  readonly startS: number
  readonly endS: number
  readonly powerW: number
  readonly currentMa: number
  /** False once the car asks for no power: parking. */
  readonly charging: boolean
  /** Meter reading since the start of the session at both ends. */
  readonly startWs: number
  readonly endWs: number
}

const HOUR_S = 3600

/** A car plugged in with this state of charge that will stop at the target. */
export const startMetering = (input: {
  readonly car: CarModel
  readonly connector: Connector
  readonly atS: number
  readonly socPercent: number
  readonly targetPercent: number
}): Metering => {
  const percentWs = (input.car.batteryWh * HOUR_S) / 100
  return {
    car: input.car,
    connector: input.connector,
    atS: input.atS,
    deliveredWs: 0,
    batteryWs: Math.floor(percentWs * input.socPercent),
    targetWs: Math.floor(percentWs * input.targetPercent),
  }
}

/** State of charge in permille, rounded down. */
export const socPermille = (state: Metering): number =>
  Math.floor((state.batteryWs * 1000) / (state.car.batteryWh * HOUR_S))

/** Whether the car asks for power. */
export const isCharging = (state: Metering): boolean =>
  state.batteryWs < state.targetWs && powerW(state.car, state.connector, socPermille(state)) > 0

/** Seconds until the car is content, at its present power; Infinity when it is not charging. */
const secondsToTarget = (state: Metering, drawnW: number): number =>
  drawnW === 0
    ? Number.POSITIVE_INFINITY
    : Math.ceil(((state.targetWs - state.batteryWs) * 100) / (drawnW * efficiencyPercent(state.connector)))

/**
 * The next stretch: to the next whole minute of the clock, to one of `stops` (epoch seconds), to `untilS` or to
 * the moment the car is content, whichever is first. Local times change on whole minutes, so none is missed. A car that
 * `limitW` keeps from taking more, even from taking anything, still charges: a limit is a ceiling (CP-017).
 */
export const nextSlice = (
  state: Metering,
  untilS: number,
  stops: readonly number[],
  limitW: number = Number.POSITIVE_INFINITY,
): Slice => {
  const charging = isCharging(state)
  const drawnW = charging ? Math.min(limitW, powerW(state.car, state.connector, socPermille(state))) : 0
  const endS = Math.min(
    Math.floor(state.atS / 60) * 60 + 60,
    untilS,
    state.atS + secondsToTarget(state, drawnW),
    ...stops.filter((stop) => stop > state.atS),
  )
  return {
    startS: state.atS,
    endS,
    powerW: drawnW,
    currentMa: currentMa(state.connector, drawnW),
    charging,
    startWs: state.deliveredWs,
    endWs: state.deliveredWs + drawnW * (endS - state.atS),
  }
}

/** The state after a slice that began at it. */
export const afterSlice = (state: Metering, slice: Slice): Metering => {
  const gainedWs = Math.floor(((slice.endWs - slice.startWs) * efficiencyPercent(state.connector)) / 100)
  return {
    ...state,
    atS: slice.endS,
    deliveredWs: slice.endWs,
    batteryWs:
      slice.charging && slice.powerW > 0
        ? Math.min(state.targetWs, state.batteryWs + Math.max(1, gainedWs))
        : state.batteryWs,
  }
}
