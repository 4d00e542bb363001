import { randomUUID } from 'node:crypto'
import type { Driver } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import { describeVehicle, MOST_VEHICLES } from '../../drivers/vehicles/vehicle.rules.js'
import { vehicleModels } from '../../drivers/vehicles/vehicle-models.js'
import {
  vehicleBody,
  vehicleModelSchema,
  vehicleSchema,
  viewVehicle,
  viewVehicleModel,
  type WireVehicle,
  wantedVehicle,
} from '../../drivers/vehicles/vehicle-view.js'
import { vehicleOf, vehiclesOf } from '../../drivers/vehicles/vehicles.js'
import { found, ProblemError, problem, unwrap } from '../../operator/problem.js'
import { listOf, object } from '../../operator/wire-schemas.js'
import type { Accounts } from '../accounts.js'
import { driverOf } from '../admission.js'

interface ById {
  Params: { readonly id: string }
}
interface Described {
  Body: WireVehicle
}

const params = object({ id: { type: 'string', format: 'uuid' } }, ['id'])

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Vehicles'], summary, ...extra },
})

const catalogue = { items: vehicleModels.map(viewVehicleModel) }

const writing = (scope: FastifyInstance, deps: Accounts): void => {
  const put = async (driver: Driver, id: string, body: WireVehicle) => {
    const vehicle = unwrap(describeVehicle(wantedVehicle(body)))
    await deps.drivers.putVehicle(driver.id, { id, vehicle }, new Date(deps.now()).toISOString())
    return viewVehicle({ ...vehicle, id })
  }
  scope.post<Described>(
    '/vehicles',
    schema('addVehicle', 'Add a car; the first is the one that is planned with', {
      body: vehicleBody,
      response: { 201: vehicleSchema },
    }),
    async (request, reply) => {
      const driver = driverOf(request)
      const known = await vehiclesOf(deps, driver)
      if (known.length >= MOST_VEHICLES)
        throw new ProblemError(
          problem(409, `An account has at most ${MOST_VEHICLES} cars. Remove one first.`),
        )
      const vehicle = await put(driver, randomUUID(), request.body)
      if (driver.defaultVehicleId === null)
        await deps.drivers.update(driver.id, { defaultVehicleId: vehicle.id })
      return reply.code(201).send(vehicle)
    },
  )
  scope.put<ById & Described>(
    '/vehicles/:id',
    schema('replaceVehicle', 'Replace what is said of a car', {
      ...{ params, body: vehicleBody },
      response: { 200: vehicleSchema },
    }),
    async (request) => {
      const driver = driverOf(request)
      const { id } = found(await vehicleOf(deps, driver, request.params.id.toLowerCase()), 'The car')
      return put(driver, id, request.body)
    },
  )
}

/** Cars of who is signed in, and the catalogue of models. */
export const vehicleRoutes = (scope: FastifyInstance, deps: Accounts): void => {
  scope.get(
    '/vehicle-models',
    {
      config: { public: true },
      ...schema(
        'listVehicleModels',
        'Classes and models of cars with their charging curves, in rounded figures',
        {
          response: { 200: listOf(vehicleModelSchema) },
        },
      ),
    },
    async (_request, reply) => reply.header('cache-control', 'public, max-age=3600').send(catalogue),
  )
  scope.get(
    '/vehicles',
    schema('listVehicles', 'Cars of who is signed in', { response: { 200: listOf(vehicleSchema) } }),
    async (request) => ({ items: (await vehiclesOf(deps, driverOf(request))).map(viewVehicle) }),
  )
  writing(scope, deps)
  scope.delete<ById>(
    '/vehicles/:id',
    schema('removeVehicle', 'Remove a car; when it was planned with, the oldest of the others is', {
      params,
    }),
    async (request, reply) => {
      const driver = driverOf(request)
      const { id } = found(await vehicleOf(deps, driver, request.params.id.toLowerCase()), 'The car')
      await deps.drivers.removeVehicle(driver.id, id)
      if (driver.defaultVehicleId === id) {
        const [next] = await vehiclesOf(deps, driver)
        await deps.drivers.update(driver.id, { defaultVehicleId: next?.id ?? null })
      }
      return reply.code(204).send()
    },
  )
}
