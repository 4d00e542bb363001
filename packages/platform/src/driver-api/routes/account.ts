import type { DriverLanguage } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import { deleteDriver } from '../../drivers/accounts/delete-driver.js'
import { vehicleOf } from '../../drivers/vehicles/vehicles.js'
import { found, ProblemError, problem, unwrap } from '../../operator/problem.js'
import { line, object } from '../../operator/wire-schemas.js'
import { type ExportDeps, exportAccount } from '../account-export.js'
import { accountSchema, driverLanguages, viewAccount } from '../account-view.js'
import { driverOf } from '../admission.js'
import type { DriverSignIns } from '../driver-sign-ins.js'
import { kept, keptWords } from '../kept-words.js'

interface Change {
  Body: {
    readonly name?: string
    readonly language?: DriverLanguage
    readonly default_vehicle_id?: string | null
  }
}

const change = object({
  name: line(80),
  language: { type: 'string', enum: driverLanguages },
  default_vehicle_id: { type: ['string', 'null'], format: 'uuid', description: 'One of the own cars' },
})

const deleted = object({
  deleted: { type: 'boolean' },
  kept: {
    type: 'array',
    items: { type: 'string', enum: kept },
    description: 'What stays, as records of account',
  },
  text: { type: 'string', description: 'The same in words, in the language of the account' },
})

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Account'], summary, ...extra },
})

const changing = (scope: FastifyInstance, deps: ExportDeps): void => {
  scope.patch<Change>(
    '/account',
    schema('changeAccount', 'Change name, language or the car that is planned with', {
      body: change,
      response: { 200: accountSchema },
    }),
    async (request) => {
      const driver = driverOf(request)
      const { name, language, default_vehicle_id: defaultVehicleId } = request.body
      if (
        typeof defaultVehicleId === 'string' &&
        (await vehicleOf(deps, driver, defaultVehicleId)) === undefined
      )
        throw new ProblemError(problem(422, 'This car is not known here.'))
      const changed = await deps.drivers.update(driver.id, {
        ...(name === undefined ? {} : { name }),
        ...(language === undefined ? {} : { language }),
        ...(defaultVehicleId === undefined ? {} : { defaultVehicleId }),
      })
      return viewAccount(found(changed, 'The account'))
    },
  )
}

/** The account of who is signed in. */
export const accountRoutes = (scope: FastifyInstance, deps: ExportDeps, signIns: DriverSignIns): void => {
  scope.get(
    '/account',
    schema('getAccount', 'The account of who is signed in', { response: { 200: accountSchema } }),
    async (request) => viewAccount(driverOf(request)),
  )
  changing(scope, deps)
  scope.get(
    '/account/export',
    schema('exportAccount', 'Everything that is stored about who is signed in, as one document', {
      response: { 200: { type: 'object', additionalProperties: true } },
    }),
    async (request, reply) =>
      reply
        .header('content-disposition', 'attachment; filename="account.json"')
        .send(await exportAccount(deps, driverOf(request))),
  )
  scope.delete<{ Body: { confirm: 'delete' } }>(
    '/account',
    schema(
      'deleteAccount',
      'Delete the account and everything that is stored about its driver, but records of past charges',
      {
        body: object({ confirm: { type: 'string', enum: ['delete'] } }, ['confirm']),
        response: { 200: deleted },
      },
    ),
    async (request, reply) => {
      const driver = driverOf(request)
      unwrap(await deleteDriver(deps, driver))
      return reply
        .header('set-cookie', await signIns.end(request.headers.cookie))
        .send({ deleted: true, kept, text: keptWords[driver.language] })
    },
  )
}
