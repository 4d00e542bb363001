import { OcpiRefusal, tokenCandidates } from '@interwatt/protocol'
import type { Correlated, Plan } from '../context.js'

/** One text for every reason, so that nothing is learnt from it. */
const UNAUTHORIZED = 'Authorization: Token <credentials token> is needed, and the token must be a valid one'

/** Finds the caller; 401 without a token or for a token nobody has (TRN-001 to TRN-010). */
export const authenticate = async ({ headers }: Correlated, { ports }: Plan) => {
  const candidates = tokenCandidates(headers.authorization)
  const caller = candidates.length === 0 ? undefined : await ports.authenticate(candidates)
  if (caller === undefined) throw new OcpiRefusal('unauthorized', UNAUTHORIZED)
  return { caller }
}
