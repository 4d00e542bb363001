import type { Language } from '@interwatt/pricing'
import type { JsonSchema } from '@interwatt/protocol'
import type { DriverStore, VehicleFigures } from '@interwatt/store'
import type { FastifyRequest } from 'fastify'
import { readWish, USUAL_KWH, type Wish } from '../drivers/stations/wish.rules.js'
import { vehicleModel } from '../drivers/vehicles/vehicle-models.js'
import { vehicleOf } from '../drivers/vehicles/vehicles.js'
import { ProblemError, problem } from '../operator/problem.js'
import { dateTime, line } from '../operator/wire-schemas.js'
import { driverOf } from './admission.js'
import { lang } from './language.js'

/** A wish as it comes. */
export interface WireWish {
  readonly vehicle_id?: string
  readonly model?: string
  readonly energy_kwh?: number
  readonly from_percent?: number
  readonly to_percent?: number
  readonly start?: string
  readonly parked_minutes?: number
  readonly lang?: Language
}

const MOST_KWH = 1_000
/** Three days. */
const MOST_MINUTES = 4_320

const percent = (description: string): JsonSchema => ({
  type: 'number',
  minimum: 0,
  maximum: 100,
  description,
})

/** Fields of a wish, of a query or a body. */
export const wishFields: Readonly<Record<string, JsonSchema>> = {
  vehicle_id: line(100, 'A car of whoever is signed in'),
  model: line(100, 'A car of the catalogue; without a car the connector decides about the power'),
  energy_kwh: {
    type: 'number',
    exclusiveMinimum: 0,
    maximum: MOST_KWH,
    description: `Energy by the meter; ${USUAL_KWH} when nothing is asked for`,
  },
  from_percent: percent('State of charge at the start; 20 when left out'),
  to_percent: percent('Instead of energy_kwh; needs a car'),
  start: { ...dateTime, description: 'When the car is plugged in; now when left out' },
  parked_minutes: {
    type: 'number',
    minimum: 0,
    maximum: MOST_MINUTES,
    description: 'Plugged in after the goal is reached',
  },
  lang,
}

const wrong = (detail: string): ProblemError => new ProblemError(problem(400, detail))

type Asking = Pick<FastifyRequest, 'driver'>

const vehicleFor = async (
  request: Asking,
  { vehicle_id, model }: WireWish,
  drivers: Pick<DriverStore, 'vehicles'>,
): Promise<VehicleFigures | undefined> => {
  if (vehicle_id !== undefined && model !== undefined) throw wrong('Name vehicle_id or model, not both.')
  if (vehicle_id !== undefined) {
    const vehicle = await vehicleOf({ drivers }, driverOf(request), vehicle_id)
    if (vehicle === undefined) throw wrong('vehicle_id is no car of yours.')
    return vehicle
  }
  if (model === undefined) return undefined
  const known = vehicleModel(model)
  if (known === undefined) throw wrong('model is not in the catalogue: GET /vehicle-models tells which are.')
  return known
}

/** The wish of a request. Throws 400 for one that makes no sense, 401 for a car of an account without a sign-in. */
export const wishFor = async (
  request: Asking,
  wire: WireWish,
  { drivers, now }: { readonly drivers: Pick<DriverStore, 'vehicles'>; now(): number },
): Promise<Wish> => {
  const vehicle = await vehicleFor(request, wire, drivers)
  const read = readWish(
    {
      ...(wire.energy_kwh === undefined ? {} : { energyKwh: wire.energy_kwh }),
      ...(wire.from_percent === undefined ? {} : { fromPercent: wire.from_percent }),
      ...(wire.to_percent === undefined ? {} : { toPercent: wire.to_percent }),
      ...(wire.start === undefined ? {} : { start: wire.start }),
      ...(wire.parked_minutes === undefined ? {} : { parkedMinutes: wire.parked_minutes }),
      ...(vehicle === undefined ? {} : { vehicle }),
    },
    now(),
  )
  if (read.kind === 'wrong') throw wrong(read.detail)
  return read.wish
}
