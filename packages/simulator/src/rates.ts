import type { MishapRates } from './world/weather.js'

/** How often things go wrong; shares are probabilities from 0 to 1. */
export interface WorldRates extends MishapRates {
  /** Commands that the charger fails to execute. */
  readonly commandFailure: number
  /** Commands executed whose result comes late. */
  readonly commandLate: number
  /** Commands the charger never answers and does not execute. */
  readonly commandSilent: number
  /** Delay of a late result, in real milliseconds. */
  readonly lateMs: number
}

/** A world in which most goes well. */
export const DEFAULT_RATES: WorldRates = {
  commandFailure: 0.03,
  commandLate: 0.05,
  commandSilent: 0.01,
  lateMs: 2_000,
  faultsPerEvseDay: 0.1,
  blocksPerEvseDay: 0.2,
}
