import type { ocpi230, VersionId } from '@interwatt/protocol'
import type { PricingPolicy } from '../policy/policy.js'
import type { TariffType } from './choose-tariff.js'

/** A point of a charging curve: at this state of charge the battery takes so much. */
export interface ChargeCurvePoint {
  readonly percent: number
  readonly kw: number
}

/** The car, as far as it is known; what is left out limits nothing. */
export interface PlannedVehicle {
  /** Usable capacity in kWh; needed for a goal in percent and for a curve. */
  readonly batteryKwh?: number
  readonly maxAcKw?: number
  readonly maxDcKw?: number
  /** Power between two points is interpolated, beyond them that of the nearest. */
  readonly curve?: readonly ChargeCurvePoint[]
  /** Share of the metered energy that reaches the battery, above 0 up to 100; default 100. */
  readonly efficiencyPercent?: number
}

/** Where the car is to charge. */
export interface PlannedConnector {
  readonly maxPowerKw: number
  readonly powerType: ocpi230.PowerType
  /** Volts of a phase, or of DC; without it no current is known and restrictions by current follow `unknown_power`. */
  readonly voltage?: number
}

/** How much is to be charged: metered kWh, or from one state of charge to another. */
export type EnergyGoal =
  | { readonly kwh: number; readonly fromPercent?: number }
  | { readonly fromPercent: number; readonly toPercent: number; readonly kwh?: undefined }

/** From one value to another, both included. */
export interface Bounds {
  readonly from: number
  readonly to: number
}

/** What nobody knows beforehand; what is left out is taken as planned. */
export interface Unknowns {
  /** Power in percent of what connector and car allow, above 0 up to 100. */
  readonly powerPercent?: Bounds
  readonly parkingMinutes?: Bounds
  /** How much later than planned the session starts. */
  readonly startDelayMinutes?: Bounds
}

/** A charge that is planned. */
export interface ChargePlan {
  /** Tariffs of the connector; the one in force at the start is chosen by type (4.2). */
  readonly tariffs: readonly ocpi230.Tariff[]
  /** Default REGULAR. */
  readonly type?: TariffType
  /** Ids of the connector, where the list has tariffs of others too. */
  readonly tariffIds?: readonly string[]
  readonly start: string
  /** IANA name of the zone of the charging station; needed where a tariff asks for local time. */
  readonly timeZone?: string
  readonly connector: PlannedConnector
  readonly vehicle?: PlannedVehicle
  readonly energy: EnergyGoal
  /** Plugged in after the car is content; default 0. */
  readonly parkingMinutes?: number
  /** Kept free before the start; default 0. */
  readonly reservedMinutes?: number
  readonly unknown?: Unknowns
  readonly policy?: Partial<PricingPolicy>
  /** The version the tariffs came in, which decides what a missing `vat` means. Default 2.3.0. */
  readonly version?: VersionId
}

/** One way a plan may turn out. */
export interface Case {
  readonly powerPercent: number
  readonly parkingMinutes: number
  readonly startDelayMinutes: number
}

/** A plan that no car and connector can carry out, in words for whoever made it. */
export class ImpossiblePlan extends Error {}

const DAY_MINUTES = 1440
const MAX_PARKING_MINUTES = 31 * DAY_MINUTES

const within = (name: string, value: number | undefined, low: number, high: number): void => {
  if (value !== undefined && !(value >= low && value <= high))
    throw new ImpossiblePlan(`${name} must lie between ${low} and ${high}, not at ${value}`)
}

/** Little, but some. */
const SOME = 0.001

const checkUnknown = (name: string, bounds: Bounds | undefined, low: number, high: number): void => {
  if (bounds === undefined) return
  within(`${name} (from)`, bounds.from, low, high)
  within(`${name} (to)`, bounds.to, bounds.from, high)
}

const checkVehicle = (vehicle: PlannedVehicle): void => {
  within('the battery in kWh', vehicle.batteryKwh, SOME, 10_000)
  within('the AC power of the car in kW', vehicle.maxAcKw, SOME, 10_000)
  within('the DC power of the car in kW', vehicle.maxDcKw, SOME, 10_000)
  within('the efficiency in percent', vehicle.efficiencyPercent, 1, 100)
  let before = -1
  for (const { percent, kw } of vehicle.curve ?? []) {
    within('a state of charge of the curve', percent, 0, 100)
    within('a power of the curve in kW', kw, 0, 10_000)
    if (percent <= before) throw new ImpossiblePlan('the points of the curve must rise in percent')
    before = percent
  }
}

/** Throws `ImpossiblePlan` for numbers no charge has. */
export const checkPlan = (plan: ChargePlan): void => {
  const { energy, connector, unknown = {}, vehicle = {} } = plan
  within('the power of the connector in kW', connector.maxPowerKw, SOME, 10_000)
  within('the voltage', connector.voltage, 1, 10_000)
  within('the energy in kWh', energy.kwh, SOME, 10_000)
  within('the state of charge at the start in percent', energy.fromPercent, 0, 100)
  if (energy.kwh === undefined) {
    within('the state of charge at the end in percent', energy.toPercent, energy.fromPercent, 100)
    if (vehicle.batteryKwh === undefined)
      throw new ImpossiblePlan('a goal in percent needs the capacity of the battery')
  }
  checkVehicle(vehicle)
  within('parking in minutes', plan.parkingMinutes, 0, MAX_PARKING_MINUTES)
  within('the reservation in minutes', plan.reservedMinutes, 0, MAX_PARKING_MINUTES)
  checkUnknown('unknown power in percent', unknown.powerPercent, 1, 100)
  checkUnknown('unknown parking in minutes', unknown.parkingMinutes, 0, MAX_PARKING_MINUTES)
  checkUnknown('an unknown delay in minutes', unknown.startDelayMinutes, 0, MAX_PARKING_MINUTES)
}
