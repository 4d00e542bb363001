import { readAgain, type UsedAnswer, useAnswer } from './answers.js'
import {
  decimal,
  itemsOf,
  listOf,
  nothing,
  number,
  oneOf,
  optional,
  type Read,
  shape,
  text,
} from './reading.js'
import { address, ask } from './request.js'

/** Plugs that a car or a station may have. */
export const plugs = ['type2', 'ccs', 'chademo', 'schuko', 'tesla', 'type1', 'ccs1', 'type3', 'cee'] as const
/** One of them. */
export type Plug = (typeof plugs)[number]

const figures = {
  battery_kwh: decimal,
  max_ac_kw: optional(decimal),
  ac_phases: number,
  max_dc_kw: optional(decimal),
  plugs: listOf(oneOf(plugs)),
  curve: listOf(shape({ percent: number, kw: decimal })),
}

const vehicle = shape({ id: text, name: text, model: optional(text), ...figures })
/** A vehicle of the driver. */
export type Vehicle = Read<typeof vehicle>
/** A vehicle as it is written. */
export type VehicleDescription = Omit<Vehicle, 'id'>

const model = shape({ id: text, name: optional(text), ...figures })
/** A kind of vehicle from the catalogue; `name` is null for a class of vehicles, such as city cars. */
export type VehicleModel = Read<typeof model>

const vehicles = itemsOf(vehicle)
const models = itemsOf(model)

/** Where the vehicles are. */
const VEHICLES = '/vehicles'

/** The vehicles of the driver; reads nothing while nobody is signed in. */
export const useVehicles = (signedIn = true): UsedAnswer<readonly Vehicle[]> =>
  useAnswer(signedIn ? VEHICLES : null, vehicles)

/** The catalogue of vehicles. */
export const useVehicleModels = (): UsedAnswer<readonly VehicleModel[]> =>
  useAnswer('/vehicle-models', models)

/** Adds a vehicle, or replaces the one with an id; the vehicle as it is then. */
export const saveVehicle = async (wanted: VehicleDescription, id?: string): Promise<Vehicle> => {
  const saved =
    id === undefined
      ? await ask(VEHICLES, vehicle, { method: 'POST', body: wanted })
      : await ask(address(['vehicles', id]), vehicle, { method: 'PUT', body: wanted })
  readAgain(VEHICLES)
  return saved
}

/** Deletes a vehicle. */
export const deleteVehicle = async (id: string): Promise<void> => {
  await ask(address(['vehicles', id]), nothing, { method: 'DELETE' })
  readAgain(VEHICLES)
}
