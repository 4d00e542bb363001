import { foldCase, type Loss, type PartyId, partyLabel, partyOf } from '@interwatt/protocol'
import {
  type CommandType,
  type Document,
  evseKey,
  type ObjectStore,
  type StoredObject,
  tokenKey,
} from '@interwatt/store'
import { answerFor } from '../authorization/answer.js'
import { type Directory, hostedIn } from '../directory/partner-directory.js'
import { isLive } from '../modules/plan-write.js'
import { asDocument } from '../modules/serving.js'
import { type AuthorizationRule, type Problem, problem } from '../services.js'
import { lacksCapability, needsConnector } from './command.rules.js'

export interface PermitDeps {
  readonly objects: Pick<ObjectStore, 'get' | 'getLocation'>
  readonly directory: Directory
  ruleOf(token: StoredObject): Promise<AuthorizationRule | undefined>
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/**
 * Why a token may not be used for a command: it is not ours (CMD-065), or we would not authorize it there (CMD-064).
 * Undefined when it may.
 */
export const refuseToken = async (
  deps: PermitDeps,
  token: Document,
  request: Document,
): Promise<Problem | undefined> => {
  const owner: PartyId = partyOf(String(token.country_code), String(token.party_id))
  const roles = ['EMSP', 'PTP'].filter((role) => hostedIn(deps.directory.hosted(), role, owner).length > 0)
  if (roles.length === 0)
    return problem(
      422,
      'Not an own token',
      `${partyLabel(owner)} is neither an eMSP nor a payment terminal provider of this node (CMD-065).`,
    )
  if (!roles.includes('EMSP') && token.type !== 'AD_HOC_USER')
    return problem(
      422,
      'Not a token of a payment terminal',
      'A payment terminal provider starts sessions with tokens of type AD_HOC_USER (PAY-037).',
    )
  const stored = await deps.objects.get(tokenKey(owner, String(token.uid), String(token.type)))
  const own = isLive(stored) && stored.receivedFrom === null ? stored : undefined
  const location = text(request.location_id)
  const uid = text(request.evse_uid)
  const place =
    location === undefined ? undefined : { location_id: location, evse_uids: uid === undefined ? [] : [uid] }
  const valid = (own?.document ?? token).valid === true
  const answer = answerFor(valid, own && (await deps.ruleOf(own)), place)
  if (answer === 'not_enough' || answer.allowed === 'ALLOWED') return undefined
  return problem(422, 'The token may not charge there', `${answer.allowed}: ${answer.reason} (CMD-064)`)
}

/**
 * The body for the place a command names, with a connector where the EVSE needs one and has only one (CMD-067); or why
 * the command is not sent: the EVSE is not there or cannot do it (CMD-076).
 */
export const fitToPlace = async (
  deps: Pick<PermitDeps, 'objects'>,
  type: CommandType,
  request: Document,
  location: StoredObject,
): Promise<Document | Problem> => {
  const whole = await deps.objects.getLocation(location.key)
  const evses: readonly Document[] = Array.isArray(whole?.document.evses)
    ? whole.document.evses.map(asDocument)
    : []
  const uid = text(request.evse_uid)
  if (uid === undefined) {
    const lacking = evses.map((evse) => lacksCapability(type, evse))
    const nobody = lacking.length > 0 && lacking.every((missing) => missing !== undefined)
    return nobody
      ? problem(422, 'Not possible here', `No EVSE of this location is ${String(lacking[0])}.`)
      : request
  }
  const evse = evses.find((candidate) => foldCase(String(candidate.uid)) === foldCase(uid))
  if (!evse) return problem(404, 'Unknown EVSE', `The location has no EVSE ${uid}.`)
  const missing = lacksCapability(type, evse)
  if (missing !== undefined) return problem(422, 'Not possible here', `EVSE ${uid} is not ${missing}.`)
  return type === 'START_SESSION' ? withConnector(request, evse) : request
}

const withConnector = (request: Document, evse: Document): Document | Problem => {
  if (request.connector_id !== undefined || !needsConnector(evse)) return request
  const connectors: readonly unknown[] = Array.isArray(evse.connectors) ? evse.connectors : []
  return connectors.length === 1
    ? { ...request, connector_id: asDocument(connectors[0]).id }
    : problem(
        422,
        'Which connector?',
        `EVSE ${String(evse.uid)} needs a connector_id (START_SESSION_CONNECTOR_REQUIRED).`,
      )
}

/**
 * Whether the version of a partner leaves out which connector is meant where that matters: another one might start
 * (commands.md, translation).
 */
export const hidesConnector = async (
  deps: Pick<PermitDeps, 'objects'>,
  losses: readonly Loss[],
  request: Document,
  location: StoredObject | undefined,
): Promise<boolean> => {
  const uid = text(request.evse_uid)
  if (location === undefined || uid === undefined) return false
  if (!losses.some(({ pointer, severity }) => pointer === '/connector_id' && severity === 'lost'))
    return false
  const evse = await deps.objects.get(evseKey(location.key, String(location.document.id), uid))
  return Array.isArray(evse?.document.connectors) && evse.document.connectors.length > 1
}
