import type { JsonSchema } from '@interwatt/protocol'
import type { Plug, VehicleFigures } from '@interwatt/store'
import { line, object } from '../../operator/wire-schemas.js'
import { plugs } from './plugs.js'
import type { WantedVehicle } from './vehicle.rules.js'
import type { VehicleModel } from './vehicle-models.js'
import type { Vehicle } from './vehicles.js'

const DECIMAL = '^(0|[1-9]\\d{0,3})(\\.\\d{1,3})?$'

const decimal = (description: string): JsonSchema => ({ type: 'string', pattern: DECIMAL, description })
const decimalOrNull = (description: string): JsonSchema => ({
  ...decimal(description),
  type: ['string', 'null'],
})

const figures = {
  battery_kwh: decimal('Usable capacity, as decimal text'),
  max_ac_kw: decimalOrNull('Null when it does not charge with AC'),
  ac_phases: { type: 'integer', minimum: 1, maximum: 3 },
  max_dc_kw: decimalOrNull('Null when it does not charge with DC'),
  plugs: { type: 'array', minItems: 1, maxItems: plugs.length, items: { type: 'string', enum: plugs } },
  curve: {
    type: 'array',
    maxItems: 101,
    items: object(
      { percent: { type: 'integer', minimum: 0, maximum: 100 }, kw: decimal('What the battery takes') },
      ['percent', 'kw'],
    ),
    description: 'Rises in percent; interpolated',
  },
} as const satisfies Readonly<Record<string, JsonSchema>>

/** What a driver says of a car. */
export const vehicleBody = object({
  name: line(60, 'The name of the model when left out'),
  model: {
    type: ['string', 'null'],
    maxLength: 60,
    description: 'Id of the catalogue: gives what is left out',
  },
  ...figures,
})

/** A car. */
export const vehicleSchema = object({
  id: { type: 'string' },
  name: { type: 'string' },
  model: { type: ['string', 'null'] },
  ...figures,
})

/** A model of the catalogue. */
export const vehicleModelSchema = object({
  id: { type: 'string' },
  name: {
    type: ['string', 'null'],
    description: 'Null for a class of cars: what it is called depends on the language',
  },
  ...figures,
})

/** The body of a car, as it was sent. */
export interface WireVehicle {
  readonly name?: string
  readonly model?: string | null
  readonly battery_kwh?: string
  readonly max_ac_kw?: string | null
  readonly ac_phases?: 1 | 2 | 3
  readonly max_dc_kw?: string | null
  readonly plugs?: readonly Plug[]
  readonly curve?: VehicleFigures['curve']
}

/** What a body says of a car. */
export const wantedVehicle = (body: WireVehicle): WantedVehicle => {
  const { name, model, battery_kwh, max_ac_kw, ac_phases, max_dc_kw, plugs: named, curve } = body
  return {
    ...(name === undefined ? {} : { name }),
    ...(model === undefined ? {} : { model }),
    ...(battery_kwh === undefined ? {} : { batteryKwh: battery_kwh }),
    ...(max_ac_kw === undefined ? {} : { maxAcKw: max_ac_kw }),
    ...(ac_phases === undefined ? {} : { acPhases: ac_phases }),
    ...(max_dc_kw === undefined ? {} : { maxDcKw: max_dc_kw }),
    ...(named === undefined ? {} : { plugs: named }),
    ...(curve === undefined ? {} : { curve }),
  }
}

const viewFigures = ({ batteryKwh, maxAcKw, acPhases, maxDcKw, plugs: named, curve }: VehicleFigures) => ({
  battery_kwh: batteryKwh,
  max_ac_kw: maxAcKw,
  ac_phases: acPhases,
  max_dc_kw: maxDcKw,
  plugs: named,
  curve,
})

/** A car as it is shown. */
export const viewVehicle = ({ id, name, model, ...rest }: Vehicle) => ({
  id,
  name,
  model,
  ...viewFigures(rest),
})

/** A model as it is shown. */
export const viewVehicleModel = ({ id, name, ...rest }: VehicleModel) => ({ id, name, ...viewFigures(rest) })
