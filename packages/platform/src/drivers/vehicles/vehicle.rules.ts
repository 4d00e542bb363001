import type { VehicleDescription, VehicleFigures } from '@interwatt/store'
import { problem, type Result } from '../../result.js'
import { vehicleModel } from './vehicle-models.js'

/** Cars one driver may keep. */
export const MOST_VEHICLES = 20

/** A car as its driver gives it; figures that are left out are those of the model. */
export interface WantedVehicle extends Partial<VehicleFigures> {
  readonly name?: string
  readonly model?: string | null
}

const wrong = (detail: string): Result<never> => problem(422, 'No such car', detail)

const isAbove = (value: string, floor: number): boolean => Number(value) >= floor

/** The first thing about figures that no car has, in words. */
const mistakeIn = ({ batteryKwh, maxAcKw, maxDcKw, plugs, curve }: VehicleFigures): string | undefined => {
  if (!isAbove(batteryKwh, 1)) return 'The battery holds at least 1 kWh.'
  if (maxAcKw === null && maxDcKw === null)
    return 'A car charges with AC or DC: give the power of one of them.'
  if ([maxAcKw, maxDcKw].some((power) => power !== null && !isAbove(power, 0.5)))
    return 'A car takes at least 0.5 kW; without such charging the power is null.'
  if (new Set(plugs).size < plugs.length) return 'Each plug is named once.'
  if (curve.some(({ kw }) => !isAbove(kw, 0.1))) return 'Every point of the curve takes at least 0.1 kW.'
  const rises = curve.every(({ percent }, index) => percent > (curve[index - 1]?.percent ?? -1))
  return rises ? undefined : 'The points of the curve rise in percent.'
}

/**
 * The car that a driver describes: figures of the model where none are given, else those given. A problem when the model is not in the
 * catalogue, a figure is missing, or the figures do not make a car.
 */
export const describeVehicle = (wanted: WantedVehicle): Result<VehicleDescription> => {
  const { name, model: id = null } = wanted
  const model = id === null ? undefined : vehicleModel(id)
  if (id !== null && model === undefined)
    return wrong(`There is no model ${JSON.stringify(id)} in the catalogue.`)
  const { batteryKwh = model?.batteryKwh, plugs = model?.plugs, curve = model?.curve ?? [] } = wanted
  const { maxAcKw = model?.maxAcKw, maxDcKw = model?.maxDcKw, acPhases = model?.acPhases ?? 1 } = wanted
  const shown = name ?? model?.name ?? undefined
  if (shown === undefined) return wrong('A car needs a name.')
  if (batteryKwh === undefined || plugs === undefined || maxAcKw === undefined || maxDcKw === undefined)
    return wrong('Without a model a car needs battery_kwh, max_ac_kw, max_dc_kw and plugs.')
  const figures: VehicleFigures = { batteryKwh, maxAcKw, acPhases, maxDcKw, plugs, curve }
  const mistake = mistakeIn(figures)
  return mistake === undefined
    ? { kind: 'done', value: { name: shown, model: id, ...figures } }
    : wrong(mistake)
}
