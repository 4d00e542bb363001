import { type CrossingFacts, isJsonObject, lift, otherRole, partyOf } from '@interwatt/protocol'
import type { Validated } from '../context.js'

/** What the request says around the body: the owner in the URL or of the connection, the role of the address. */
const factsOf = ({ params, caller, target }: Validated): CrossingFacts => {
  const { country_code: country, party_id: party } = params
  const named = country !== undefined && party !== undefined
  return {
    owner: named ? partyOf(country, party) : caller.parties?.theirs,
    role: target.ownRole && otherRole(target.ownRole),
  }
}

/** Lifts the body to the canonical version; a body without contract stays what it is. */
export const raise = (known: Validated) => {
  const { target, received } = known
  const { endpoint, version } = target
  const body = endpoint?.body
  if (body === undefined || version === undefined || !isJsonObject(received)) {
    return { body: undefined, unmapped: undefined }
  }
  const form = body.form === 'patch' ? 'patch' : 'whole'
  const lifted = lift(body.document, version.id, received, form, factsOf(known))
  return { body: lifted.document, unmapped: lifted.unmapped }
}
