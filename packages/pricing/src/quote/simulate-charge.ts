import type { MeterReading } from '../authoring/readings.js'
import { instantOf } from '../session/instant.js'
import { type Case, type ChargeCurvePoint, type ChargePlan, ImpossiblePlan } from './plan.js'

/** A planned charge as its meter would show it. */
export interface SimulatedCharge {
  readonly readings: readonly MeterReading[]
  readonly startMs: number
  /** When the goal is reached. */
  readonly chargedMs: number
  /** When the plug is pulled. */
  readonly endMs: number
}

const MAX_CHARGING_S = 31 * 86_400

const onCurve = (curve: readonly ChargeCurvePoint[], percent: number): number => {
  const after = curve.findIndex((point) => point.percent >= percent)
  const high = curve[after] ?? curve.at(-1)
  const low = curve[after - 1] ?? high
  if (high === undefined || low === undefined) return Number.POSITIVE_INFINITY
  if (after < 0 || high.percent === low.percent) return high.kw
  return low.kw + ((high.kw - low.kw) * (percent - low.percent)) / (high.percent - low.percent)
}

/** One part of a charge at one power. */
interface Step {
  readonly wh: number
  readonly kw: number
}

/** Steps of one percent of the battery where it has a curve, otherwise one for all. */
const stepsOf = (plan: ChargePlan, powerPercent: number): readonly Step[] => {
  const { connector, vehicle = {}, energy } = plan
  const ofCar = connector.powerType === 'DC' ? vehicle.maxDcKw : vehicle.maxAcKw
  const ceiling = Math.min(connector.maxPowerKw, ofCar ?? Number.POSITIVE_INFINITY)
  const scale = powerPercent / 100
  const { batteryKwh, efficiencyPercent = 100, curve = [] } = vehicle
  const whPerPercent = batteryKwh === undefined ? undefined : (batteryKwh * 1000) / efficiencyPercent
  const from = energy.fromPercent
  if (energy.kwh !== undefined && (from === undefined || whPerPercent === undefined || curve.length === 0))
    return [{ wh: energy.kwh * 1000, kw: ceiling * scale }]
  if (whPerPercent === undefined || from === undefined)
    throw new ImpossiblePlan('a goal in percent needs the capacity of the battery')
  const to = energy.kwh === undefined ? energy.toPercent : from + (energy.kwh * 1000) / whPerPercent
  if (to > 100 + 1e-9) throw new ImpossiblePlan('the battery cannot take so much')
  const steps: Step[] = []
  for (let percent = from; percent < to - 1e-9; percent = Math.floor(percent + 1 + 1e-9)) {
    const next = Math.min(Math.floor(percent + 1 + 1e-9), to)
    const kw = Math.min(ceiling, onCurve(curve, (percent + next) / 2)) * scale
    steps.push({ wh: (next - percent) * whPerPercent, kw })
  }
  return steps
}

/**
 * What the meter would show. Power and time come from doubles, like every simulation of a battery; what leaves here are
 * whole seconds and whole watt-hours, from which prices are computed exactly. Throws `ImpossiblePlan`, `UnreadableTime`.
 */
export const simulateCharge = (plan: ChargePlan, given: Case): SimulatedCharge => {
  const startMs =
    Math.floor(instantOf(plan.start) / 1000) * 1000 + Math.round(given.startDelayMinutes * 60) * 1000
  const { powerType, voltage } = plan.connector
  const readings: MeterReading[] = []
  const show = (seconds: number, wh: number, kw: number): void => {
    const powerKw = Math.round(kw * 1000) / 1000
    const currentA = voltage === undefined ? undefined : Math.round((kw * 1e6) / voltage) / 1000
    readings.push({
      at: new Date(startMs + seconds * 1000).toISOString(),
      wh,
      powerKw,
      ...(currentA === undefined ? {} : { currentA }),
    })
  }
  let [seconds, wh, shown] = [0, 0, -1]
  for (const step of stepsOf(plan, given.powerPercent)) {
    if (step.kw <= 0) throw new ImpossiblePlan('the car takes no power before the goal is reached')
    // Readings of the same second would say nothing; the next step takes over.
    if (Math.round(seconds) > shown) {
      shown = Math.round(seconds)
      show(shown, Math.round(wh), step.kw)
    }
    seconds += (step.wh * 3.6) / step.kw
    wh += step.wh
    if (seconds > MAX_CHARGING_S)
      throw new ImpossiblePlan(`charging takes more than a month at this power (${powerType})`)
  }
  const chargedS = Math.max(Math.round(seconds), shown + 1)
  const parkingS = Math.round(given.parkingMinutes * 60)
  const last = { wh: Math.round(wh), requestsPower: false, powerKw: 0, currentA: 0 }
  const at = (second: number): string => new Date(startMs + second * 1000).toISOString()
  if (readings.length === 0) throw new ImpossiblePlan('there is nothing to charge')
  readings.push({ at: at(chargedS), ...last })
  if (parkingS > 0) readings.push({ at: at(chargedS + parkingS), ...last })
  return {
    readings,
    startMs,
    chargedMs: startMs + chargedS * 1000,
    endMs: startMs + (chargedS + parkingS) * 1000,
  }
}
