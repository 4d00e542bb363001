import { randomUUID } from 'node:crypto'
import { foldCase, isJsonObject, lower, OcpiRefusal, type ocpi230 } from '@interwatt/protocol'
import type { Call, Reply } from '@interwatt/server'
import type { AuthorizationStore, Document, ObjectLookup, StoredObject } from '@interwatt/store'
import { type Directory, hostedIn } from '../directory/partner-directory.js'
import { isLive } from '../modules/plan-write.js'
import type { AnyCall } from '../modules/receive.js'
import { asDocument, serve } from '../modules/serving.js'
import type { AuthorizationRule } from '../services.js'
import { knownType } from './known-type.js'

export type AnswerAuthorization = (call: Call<'tokens.sender.authorize'>) => Promise<Reply>

export interface AnswerDeps {
  readonly directory: Directory
  readonly lookup: ObjectLookup
  readonly authorizations: AuthorizationStore
  readonly now: () => number
  ruleOf(token: StoredObject): Promise<AuthorizationRule | undefined>
}

type References = ocpi230.LocationReferences | undefined
export type Answer = {
  readonly allowed: AuthorizationRule['allowed']
  readonly location: ocpi230.LocationReferences | undefined
  readonly reason: string
  readonly info: AuthorizationRule['info']
}

const includesId = (ids: readonly string[], id: string): boolean =>
  ids.some((candidate) => foldCase(candidate) === foldCase(id))

/** The part of a place where the token may charge: the EVSEs asked about, or all permitted ones; undefined when none. */
const permittedPart = (
  asked: ocpi230.LocationReferences,
  evses: NonNullable<AuthorizationRule['evses']>,
): ocpi230.LocationReferences | undefined => {
  const here = evses.filter((entry) => foldCase(entry.location_id) === foldCase(asked.location_id))
  if (here.length === 0) return asked
  const permitted = here.flatMap((entry) => entry.evse_uids)
  if (!asked.evse_uids?.length) return { ...asked, evse_uids: permitted }
  const allowed = asked.evse_uids.filter((uid) => includesId(permitted, uid))
  return allowed.length === 0 ? undefined : { ...asked, evse_uids: allowed }
}

/**
 * What the eMSP says to one of its tokens (tokens 3.3): BLOCKED when invalid, else what the rule of the token says.
 * A token bound to locations or EVSEs needs to know where (2002, TOK-068); `location` is returned only where charging
 * is allowed, with the allowed EVSEs only (TOK-070, TOK-071). Opening hours and status never matter (TOK-076).
 */
export const answerFor = (
  valid: boolean,
  rule: AuthorizationRule | undefined,
  references: References,
): Answer | 'not_enough' => {
  const say = (
    allowed: Answer['allowed'],
    reason: string,
    location?: ocpi230.LocationReferences,
  ): Answer => ({
    allowed,
    location,
    reason,
    info: rule?.info,
  })
  if (!valid) return say('BLOCKED', 'The token is marked invalid.')
  if (rule && rule.allowed !== 'ALLOWED')
    return say(rule.allowed, `A rule of the operator says ${rule.allowed}.`)
  if (rule?.locations === undefined && rule?.evses === undefined)
    return say('ALLOWED', 'The token is valid.', references)
  if (references === undefined) return 'not_enough'
  if (rule.locations && !includesId(rule.locations, references.location_id))
    return say('NOT_ALLOWED', 'A rule of the operator does not permit this location.')
  const place = permittedPart(references, rule.evses ?? [])
  return place
    ? say('ALLOWED', 'The token is valid at this location.', place)
    : say('NOT_ALLOWED', 'A rule of the operator does not permit these EVSEs.')
}

/** The type asked about, by either name that 2.1.1 has for it (TOK-063). */
const askedType = ({ query }: AnyCall): string => query.type ?? query.token_type ?? 'RFID'

const ownToken = async (
  deps: AnswerDeps,
  call: Call<'tokens.sender.authorize'>,
): Promise<StoredObject | undefined> => {
  const type = askedType(call)
  const owners = hostedIn(deps.directory.hosted(), 'EMSP', call.routing.to)
  const tokens = await deps.lookup.tokensByUid(call.params.token_uid)
  return tokens.find(
    (token) =>
      isLive(token) &&
      token.receivedFrom === null &&
      foldCase(knownType(call.version, String(token.document.type))) === foldCase(type) &&
      owners.some(
        (party) => party.countryCode === token.key.countryCode && party.partyId === token.key.partyId,
      ),
  )
}

/** POST authorize of the sender side: 404 with 2004 for an unknown token, else 1000 with the decision (TOK-064, TOK-067). */
export const createAnswerAuthorization =
  (deps: AnswerDeps): AnswerAuthorization =>
  async (call) => {
    const startedMs = deps.now()
    const token = await ownToken(deps, call)
    const record = (allowed: string, reason: string, reference: string | null) =>
      deps.authorizations.add({
        id: randomUUID(),
        at: new Date(startedMs).toISOString(),
        direction: 'answered',
        partnerId: call.caller.partnerId,
        tokenUid: call.params.token_uid,
        tokenType: askedType(call),
        allowed,
        reason,
        durationMs: deps.now() - startedMs,
        authorizationReference: reference,
        locationId: call.body?.location_id ?? null,
      })
    if (!token) {
      await record('NOT_ALLOWED', 'The token is unknown.', null)
      throw new OcpiRefusal('unknownToken', 'This token is not known here.')
    }
    const answer = answerFor(token.document.valid === true, await deps.ruleOf(token), call.body)
    if (answer === 'not_enough')
      throw new OcpiRefusal(
        'notEnoughInformation',
        'Whether this token may charge depends on the location; send LocationReferences.',
      )
    const reference = answer.allowed === 'ALLOWED' ? randomUUID() : undefined
    await record(answer.allowed, answer.reason, reference ?? null)
    return { kind: 'data', data: authorizationInfo(call, token, answer, reference) }
  }

const authorizationInfo = (
  call: AnyCall,
  token: StoredObject,
  answer: Answer,
  reference: string | undefined,
): Document => {
  const served = serve('token', call.version, token)
  if (served.kind === 'withheld') throw new OcpiRefusal('unknownToken', served.reason)
  const info = {
    allowed: answer.allowed,
    token: token.document,
    ...(answer.location === undefined ? {} : { location: asDocument(answer.location) }),
    ...(reference === undefined ? {} : { authorization_reference: reference }),
    ...(answer.info === undefined ? {} : { info: { ...answer.info } }),
  }
  const lowered = lower('authorization_info', call.version, info, 'whole')
  if (lowered.kind === 'withheld') throw new OcpiRefusal('unknownToken', lowered.reason)
  const { document } = lowered
  // The token is given back exactly as it came, where the answer repeats it at all.
  return isJsonObject(document.token) ? { ...document, token: served.document } : { ...document }
}
