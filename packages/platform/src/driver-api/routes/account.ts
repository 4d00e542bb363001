import type { FastifyInstance } from 'fastify'
import { accountSchema, viewAccount } from '../account-view.js'
import { driverOf } from '../admission.js'

/** The account of who is signed in. */
export const accountRoutes = (scope: FastifyInstance): void => {
  scope.get(
    '/account',
    {
      schema: {
        operationId: 'getAccount',
        tags: ['Account'],
        summary: 'The account of who is signed in',
        response: { 200: accountSchema },
      },
    },
    async (request) => viewAccount(driverOf(request)),
  )
}
