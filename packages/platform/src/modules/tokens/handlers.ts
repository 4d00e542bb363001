import { foldCase, OcpiRefusal, type PartyId } from '@interwatt/protocol'
import type { Call, Handlers } from '@interwatt/server'
import { type ObjectKey, type ObjectLookup, type StoredObject, tokenKey } from '@interwatt/store'
import type { AnswerAuthorization } from '../../authorization/answer.js'
import { assertSameId, assertSameParty, partiesIn } from '../access.rules.js'
import { readIncoming } from '../incoming.js'
import { listOwn } from '../listing.js'
import { isLive, planPatch, planPut } from '../plan-write.js'
import { type AnyCall, type ModuleDeps, mayReadBack, originOf, ownerInPath, receive } from '../receive.js'
import { asDocument, serve } from '../serving.js'

type TokenHandlers = Pick<Handlers, Extract<keyof Handlers, `tokens.${string}`>>

export interface TokenDeps extends ModuleDeps {
  readonly lookup: ObjectLookup
  readonly answerAuthorization: AnswerAuthorization
}

const DEFAULT_TYPE = 'RFID'

/** Type of a PUT: the query, else the body; a contradiction is refused (TOK-028). */
const typeOfPut = (inQuery: string | undefined, inBody: unknown): string => {
  const body = typeof inBody === 'string' ? inBody : DEFAULT_TYPE
  if (inQuery !== undefined && foldCase(inQuery) !== foldCase(body)) {
    throw new OcpiRefusal('invalid', `/type is "${body}" but the URL asks for "${inQuery}" (TOK-028).`)
  }
  return body
}

/** Without `type` the RFID token is meant; where there is none but exactly one other, that one (TOK-026, TOK-029). */
const find = async (
  deps: TokenDeps,
  party: PartyId,
  uid: string,
  type: string | undefined,
): Promise<StoredObject | undefined> => {
  const direct = await deps.objects.get(tokenKey(party, uid, type ?? DEFAULT_TYPE))
  if (isLive(direct) || type !== undefined) return isLive(direct) ? direct : undefined
  const others = (await deps.lookup.tokensByUid(uid)).filter(
    (token) =>
      token.key.countryCode === party.countryCode && token.key.partyId === party.partyId && isLive(token),
  )
  return others.length === 1 ? others[0] : undefined
}

const unknownToken = (): OcpiRefusal => new OcpiRefusal('unknownToken', 'There is no such token here.')

/** Tokens, sender and receiver side (tokens.md). */
export const tokenHandlers = (deps: TokenDeps): TokenHandlers => {
  const received = async (
    call: AnyCall & { params: Call<'tokens.receiver.get'>['params'] },
  ): Promise<StoredObject> => {
    const token = await find(deps, ownerInPath(deps, call, 'tokens'), call.params.token_uid, call.query.type)
    if (!token || !mayReadBack(call.caller, token)) throw unknownToken()
    return token
  }
  return {
    'tokens.sender.list': (call) =>
      listOwn(deps, call, 'token', 'EMSP', partiesIn(call.caller, ['CPO']).length === 0 ? undefined : {}),
    'tokens.sender.authorize': (call) => deps.answerAuthorization(call),
    'tokens.receiver.get': async (call) => {
      const served = serve('token', call.version, await received(call))
      if (served.kind === 'withheld') throw unknownToken()
      return { kind: 'data', data: served.document }
    },
    'tokens.receiver.put': async (call) => {
      const party = ownerInPath(deps, call, 'tokens')
      const body = asDocument(call.received)
      assertSameParty(party, body)
      assertSameId('uid', call.params.token_uid, body.uid)
      const key: ObjectKey = tokenKey(party, call.params.token_uid, typeOfPut(call.query.type, body.type))
      const incoming = readIncoming('token', body, originOf(call, deps.now))
      return (
        await receive(deps, { reads: [key], plan: (read) => planPut(key, incoming, read) }, 'unknownToken')
      ).reply
    },
    'tokens.receiver.patch': async (call) => {
      const { key } = await received(call)
      const body = asDocument(call.received)
      const plan = (read: Parameters<typeof planPatch>[4]) =>
        planPatch('token', key, body, originOf(call, deps.now), read)
      return (await receive(deps, { reads: [key], plan }, 'unknownToken')).reply
    },
  }
}
