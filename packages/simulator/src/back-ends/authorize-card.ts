import type { SiteEvse } from '../world/site.js'
import { cdrTokenOf } from './cpo-commands.js'
import type { CpoContext } from './cpo-context.js'
import type { CdrToken, SessionFacts } from './documents.js'
import { at, textAt } from './json.js'

/** What the node decided about a card at an EVSE. */
export interface CardDecision {
  /** AllowedType; NOT_ALLOWED when the node gave no decision. */
  readonly allowed: string
  /** Why, with the AllowedType unless it is ALLOWED. */
  readonly reason: string
  readonly authMethod: SessionFacts['authMethod']
  readonly token: CdrToken | undefined
  readonly authorizationReference: string | undefined
}

const methodOf = (method: string | undefined): SessionFacts['authMethod'] =>
  method === 'AUTH_REQUEST' || method === 'COMMAND' ? method : 'WHITELIST'

/** Asks the node whether this card may charge here. */
export const authorizeCard = async (
  context: CpoContext,
  uid: string,
  site: SiteEvse,
): Promise<CardDecision> => {
  const answer = await context.api.call('POST', '/authorizations', {
    token_uid: uid,
    type: 'RFID',
    location: { location_id: site.location.id, evse_uids: [site.evse.uid] },
  })
  const body = answer.kind === 'ok' ? answer.body : undefined
  const allowed = textAt(body, 'allowed') ?? 'NOT_ALLOWED'
  const reason = textAt(body, 'reason') ?? (answer.kind === 'ok' ? 'no reason given' : answer.reason)
  context.tell({ type: 'authorization', tokenUid: uid, evse: site.key, allowed, reason })
  return {
    allowed,
    reason: allowed === 'ALLOWED' ? reason : `${allowed} (${reason})`,
    authMethod: methodOf(textAt(body, 'auth_method')),
    token: cdrTokenOf(at(body, 'token')),
    authorizationReference: textAt(body, 'authorization_reference'),
  }
}
