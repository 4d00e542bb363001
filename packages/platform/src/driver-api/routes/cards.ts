import type { FastifyInstance } from 'fastify'
import { cardSchema, viewCard } from '../../drivers/cards/card-view.js'
import { cardsOf, changeCard } from '../../drivers/cards/cards.js'
import { unwrap } from '../../operator/problem.js'
import { line, listOf, object } from '../../operator/wire-schemas.js'
import type { Accounts } from '../accounts.js'
import { driverOf } from '../admission.js'

interface Change {
  Params: { readonly uid: string }
  Body: { readonly blocked?: boolean; readonly label?: string | null }
}

const schema = (operationId: string, summary: string, extra: Readonly<Record<string, unknown>> = {}) => ({
  schema: { operationId, tags: ['Cards'], summary, ...extra },
})

/** Cards of who is signed in. */
export const cardRoutes = (scope: FastifyInstance, deps: Accounts): void => {
  scope.get(
    '/cards',
    schema('listCards', 'Cards of the contract', { response: { 200: listOf(cardSchema) } }),
    async (request) => ({ items: (await cardsOf(deps, driverOf(request))).map(viewCard) }),
  )
  scope.patch<Change>(
    '/cards/:uid',
    schema('changeCard', 'Block a card, let it in again, or name it; stations of all networks learn of it', {
      params: object({ uid: line(36) }, ['uid']),
      body: object({ blocked: { type: 'boolean' }, label: { ...line(60), type: ['string', 'null'] } }),
      response: { 200: cardSchema },
    }),
    async (request) => {
      const change = { uid: request.params.uid, ...request.body }
      return viewCard(unwrap(await changeCard(deps, driverOf(request), change)))
    },
  )
}
