import type { FastifyInstance } from 'fastify'
import type { ConversationService } from '../../conversation/conversation-service.js'
import { viewStory } from '../message-views.js'
import { found } from '../problem.js'
import { viewExplanation } from '../why-views.js'
import { idParams } from '../wire-schemas.js'

interface ById {
  Params: { id: string }
}

const schema = (operationId: string, tag: string, summary: string) => ({
  schema: { operationId, tags: [tag], summary, params: idParams },
})

/** What became of commands and of cards that were tapped, and why, for drivers and for support. */
export const whyRoutes = (scope: FastifyInstance, conversation: ConversationService): void => {
  scope.get<ById>(
    '/commands/:id/why',
    schema(
      'getCommandReason',
      'Commands',
      'Why a charge did or did not start, in words for driver and support',
    ),
    async ({ params }) =>
      viewExplanation(found(await conversation.why({ commandId: params.id }), 'The command')),
  )
  scope.get<ById>(
    '/commands/:id/story',
    schema('getCommandStory', 'Commands', 'What happened around a command, step by step, in plain sentences'),
    async ({ params }) => viewStory(found(await conversation.commandStory(params.id), 'The command')),
  )
  scope.get<ById>(
    '/authorizations/:id/why',
    schema(
      'getAuthorizationReason',
      'Authorizations',
      'Why a card was or was not accepted, and what came of it',
    ),
    async ({ params }) =>
      viewExplanation(found(await conversation.why({ authorizationId: params.id }), 'The decision')),
  )
}
