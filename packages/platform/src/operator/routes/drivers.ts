import type { Driver } from '@interwatt/store'
import type { FastifyInstance } from 'fastify'
import { cardSchema, viewCard } from '../../drivers/cards/card-view.js'
import type { DriverFile, DriverService } from '../../drivers/driver-service.js'
import { vehicleSchema, viewVehicle } from '../../drivers/vehicles/vehicle-view.js'
import { newestFirst } from '../newest-first.js'
import { found, unwrap } from '../problem.js'
import { limit, line, object } from '../wire-schemas.js'

interface ListDrivers {
  Querystring: { readonly search?: string; readonly cursor?: string; readonly limit?: number }
}
interface ById {
  Params: { readonly id: string }
}
interface OneCard {
  Params: { readonly id: string; readonly uid: string }
}
interface GiveCard extends OneCard {
  Body: { readonly label?: string | null; readonly visual_number?: string } | undefined
}

const text = { type: 'string' } as const
// NOTE: the format also takes `urn:uuid:` before the id, which the database does not.
const uuid = { type: 'string', format: 'uuid', maxLength: 36 } as const
const params = object({ id: uuid }, ['id'])
const cardParams = object({ id: uuid, uid: line(36, 'As the card says it; case does not matter') }, [
  'id',
  'uid',
])

const shown = {
  id: text,
  country_code: text,
  party_id: text,
  contract_id: text,
  name: text,
  email: { type: ['string', 'null'] },
  language: text,
  is_demo: { type: 'boolean' },
  created_at: text,
} as const

const driverSchema = object(shown)
const fileSchema = object({
  ...shown,
  cards: { type: 'array', items: cardSchema },
  vehicles: { type: 'array', items: vehicleSchema },
})
const page = object({ items: { type: 'array', items: driverSchema }, next: { type: ['string', 'null'] } }, [
  'items',
  'next',
])

const viewDriver = ({ id, party, contractId, name, email, language, isDemo, createdAt }: Driver) => ({
  id,
  country_code: party.countryCode,
  party_id: party.partyId,
  contract_id: contractId,
  name,
  email,
  language,
  is_demo: isDemo,
  created_at: createdAt,
})

const viewFile = ({ driver, cards, vehicles }: DriverFile) => ({
  ...viewDriver(driver),
  cards: cards.map(viewCard),
  vehicles: vehicles.map(viewVehicle),
})

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Drivers'], summary, ...extra },
})

const cards = (scope: FastifyInstance, drivers: DriverService): void => {
  scope.put<GiveCard>(
    '/drivers/:id/cards/:uid',
    schema('giveCard', 'Give a card to a driver: its token gets the contract of the driver and is valid', {
      params: cardParams,
      body: object({
        label: { ...line(60), type: ['string', 'null'] },
        visual_number: line(64, 'What is printed on the card'),
      }),
      response: { 200: cardSchema },
    }),
    async ({ params: { id, uid }, body }) => {
      const { label, visual_number: visualNumber } = body ?? {}
      const card = {
        uid,
        ...(label === undefined ? {} : { label }),
        ...(visualNumber === undefined ? {} : { visualNumber }),
      }
      return viewCard(unwrap(await drivers.giveCard(id, card)))
    },
  )
  scope.delete<OneCard>(
    '/drivers/:id/cards/:uid',
    schema('takeCard', 'Take a card from a driver; its token becomes invalid', { params: cardParams }),
    async ({ params: { id, uid } }, reply) => {
      unwrap(await drivers.takeCard(id, uid))
      return reply.code(204).send()
    },
  )
}

/** Drivers of the eMSPs of this node, and their cards. */
export const driverRoutes = (scope: FastifyInstance, drivers: DriverService): void => {
  scope.get<ListDrivers>(
    '/drivers',
    schema('listDrivers', 'Drivers with an account, the newest first', {
      querystring: object({
        search: line(100, 'Part of name, e-mail address or contract, in any case'),
        cursor: uuid,
        limit,
      }),
      response: { 200: page },
    }),
    async ({ query }) => {
      const { search } = query
      const filter = search === undefined ? {} : { search }
      return newestFirst(query, (at) => drivers.list({ ...filter, ...at }), viewDriver)
    },
  )
  scope.get<ById>(
    '/drivers/:id',
    schema('getDriver', 'A driver with cards and cars', { params, response: { 200: fileSchema } }),
    async (request) => viewFile(found(await drivers.get(request.params.id), 'The driver')),
  )
  cards(scope, drivers)
  scope.delete<ById>(
    '/drivers/:id',
    schema('deleteDriver', 'Delete a driver; records of past charges stay', { params }),
    async (request, reply) => {
      unwrap(await drivers.remove(request.params.id))
      return reply.code(204).send()
    },
  )
}
