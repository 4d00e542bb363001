import { isLive } from '../modules/plan-write.js'
import type { Stores } from '../node/stores.js'
import { type AuthorizationService, problem } from '../services.js'
import type { createDecide } from './decide.js'

export interface AuthorizationServiceDeps {
  readonly stores: Pick<Stores, 'objects' | 'authorizations' | 'rules'>
  readonly decide: ReturnType<typeof createDecide>
}

/** Decisions on tokens, their record, and rules for the answers about our own (tokens.md 3.3). */
export const createAuthorizationService = ({
  stores,
  decide,
}: AuthorizationServiceDeps): AuthorizationService => ({
  decide: async (input) => ({ kind: 'done', value: await decide(input) }),
  list: (limit) => stores.authorizations.list(limit),
  rule: (token) => stores.rules.get(token),
  async setRule(token, rule) {
    const stored = await stores.objects.get(token)
    if (!isLive(stored) || stored.receivedFrom !== null)
      return problem(404, 'No such own token', 'Rules are for tokens of a party this node hosts.')
    await stores.rules.put(token, rule)
    return { kind: 'done', value: null }
  },
})
