import { isJsonObject, type JsonObject } from '@interwatt/protocol'
import { isoOfS } from './clock.js'
import { type Connector, connectorLimitW, phaseLimitW } from './power.js'

/** A limit in tenths of its unit: profiles have one decimal at most, so nothing is rounded (CP-020). */
export interface Limit {
  readonly unit: 'W' | 'A'
  readonly tenths: number
}

/** A charging profile as a charge point follows it; times in epoch seconds of the world. */
export interface Limits {
  readonly unit: Limit['unit']
  readonly startS: number
  /** Undefined: the last step lasts as long as the session. */
  readonly endS: number | undefined
  readonly steps: readonly { readonly startS: number; readonly tenths: number }[]
}

const tenthsOf = (value: unknown): number | undefined => {
  if (typeof value !== 'number' || value < 0) return undefined
  const tenths = Math.round(value * 10)
  return tenths / 10 === value ? tenths : undefined
}

/** Reads a ChargingProfile; without a start of its own it counts from `chargingFromS`. Undefined when it cannot be followed. */
export const readLimits = (profile: JsonObject, chargingFromS: number): Limits | undefined => {
  const {
    charging_rate_unit: unit,
    duration,
    start_date_time: start,
    charging_profile_period: given,
  } = profile
  if ((unit !== 'W' && unit !== 'A') || !Array.isArray(given) || given.length === 0) return undefined
  const startS = typeof start === 'string' ? Math.floor(Date.parse(start) / 1000) : chargingFromS
  const steps = given.flatMap((period: unknown) => {
    const tenths = isJsonObject(period) ? tenthsOf(period.limit) : undefined
    const offset = isJsonObject(period) ? period.start_period : undefined
    return tenths === undefined || typeof offset !== 'number' ? [] : [{ startS: startS + offset, tenths }]
  })
  if (steps.length < given.length || Number.isNaN(startS)) return undefined
  return { unit, startS, endS: typeof duration === 'number' ? startS + duration : undefined, steps }
}

/** The limit that holds at an instant; undefined outside of the profile. */
export const limitAt = (limits: Limits | undefined, atS: number): Limit | undefined => {
  if (limits === undefined || (limits.endS !== undefined && atS >= limits.endS)) return undefined
  const step = limits.steps.findLast(({ startS }) => startS <= atS)
  return step && { unit: limits.unit, tenths: step.tenths }
}

/** Instants at which another limit begins to hold. */
export const limitStops = (limits: Limits | undefined): readonly number[] =>
  limits === undefined
    ? []
    : [...limits.steps.map(({ startS }) => startS), ...(limits.endS === undefined ? [] : [limits.endS])]

/** A limit in whole W for a car with these phases: of W the total, of A what each phase may take (CP-019). */
export const limitInW = (limit: Limit | undefined, connector: Connector, carPhases: number): number => {
  if (limit === undefined) return Number.POSITIVE_INFINITY
  return limit.unit === 'W'
    ? Math.floor(limit.tenths / 10)
    : Math.floor((phaseLimitW(connector, carPhases) * limit.tenths) / 10)
}

/** The most a connector can give, in tenths of a unit. */
const mostTenths = (unit: Limit['unit'], connector: Connector): number =>
  10 * (unit === 'A' ? connector.max_amperage : connectorLimitW(connector, 3))

/** What will hold from now on for a while, as an ActiveChargingProfile: the profile, and the connector where it is silent. */
export const activeProfile = (
  limits: Limits | undefined,
  connector: Connector,
  nowS: number,
  durationS: number,
): JsonObject => {
  const unit = limits?.unit ?? 'W'
  const most = mostTenths(unit, connector)
  const begins = [nowS, ...limitStops(limits).filter((stop) => stop > nowS && stop < nowS + durationS)]
  const periods = begins.map((beginS) => ({
    start_period: beginS - nowS,
    limit: Math.min(most, limitAt(limits, beginS)?.tenths ?? most) / 10,
  }))
  return {
    start_date_time: isoOfS(nowS),
    charging_profile: { duration: durationS, charging_rate_unit: unit, charging_profile_period: periods },
  }
}
