import { foldCase, OcpiRefusal, type PartyId, sameParty, versionOf } from '@interwatt/protocol'
import type { Call, Handlers } from '@interwatt/server'
import { type ObjectKey, type StoredObject, tokenKey } from '@interwatt/store'
import type { AnswerAuthorization } from '../../authorization/answer.js'
import { partiesIn } from '../access.rules.js'
import { listOwn } from '../listing.js'
import { isLive, planDelete } from '../plan-write.js'
import { type AnyCall, type ModuleDeps, mayReadBack, ownerInPath } from '../receive.js'
import { answerObject, receivePatch, receivePut } from '../receive-object.js'
import { asDocument } from '../serving.js'

type TokenHandlers = Pick<Handlers, Extract<keyof Handlers, `tokens.${string}`>>

export interface TokenDeps extends ModuleDeps {
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

/** The type a URL names, where the version has one there (TOK-030). */
const typeInUrl = (call: AnyCall): string | undefined =>
  versionOf(call.version)?.traits.tokenTypeInUrl === false ? undefined : call.query.type

/**
 * The other tokens of this uid that a PUT replaces where addresses carry no type: there the uid alone tells which token
 * is meant (TOK-030).
 */
const replacedBy = async (deps: TokenDeps, call: AnyCall, key: ObjectKey, uid: string) => {
  if (versionOf(call.version)?.traits.tokenTypeInUrl !== false) return []
  const others = (await deps.lookup.tokensByUid(uid)).filter(
    (token) =>
      isLive(token) &&
      sameParty(token.key, key) &&
      token.key.id !== key.id &&
      token.receivedFrom === call.caller.partnerId,
  )
  return others.map((token) => token.key)
}

const unknownToken = (): OcpiRefusal => new OcpiRefusal('unknownToken', 'There is no such token here.')

/** Tokens, sender and receiver side (tokens.md). */
export const tokenHandlers = (deps: TokenDeps): TokenHandlers => {
  const received = async (
    call: AnyCall & { params: Call<'tokens.receiver.get'>['params'] },
  ): Promise<StoredObject> => {
    const token = await find(deps, ownerInPath(deps, call, 'tokens'), call.params.token_uid, typeInUrl(call))
    if (!token || !mayReadBack(call.caller, token)) throw unknownToken()
    return token
  }
  return {
    'tokens.sender.list': (call) =>
      listOwn(deps, call, 'token', 'EMSP', partiesIn(call.caller, ['CPO']).length === 0 ? undefined : {}),
    'tokens.sender.authorize': (call) => deps.answerAuthorization(call),
    'tokens.receiver.get': async (call) =>
      answerObject(deps, call, 'token', await received(call), 'unknownToken'),
    'tokens.receiver.put': async (call) => {
      const { token_uid: inUrl } = call.params
      const type = typeOfPut(typeInUrl(call), asDocument(call.received).type)
      const key = tokenKey(ownerInPath(deps, call, 'tokens'), inUrl, type)
      const id = { field: 'uid', inUrl } as const
      const put = await receivePut(deps, call, { kind: 'token', key, id, unknown: 'unknownToken' })
      const at = new Date(deps.now()).toISOString()
      for (const other of await replacedBy(deps, call, key, inUrl))
        await deps.objects.write({ reads: [other], plan: (read) => planDelete(other, at, read) })
      return put.reply
    },
    'tokens.receiver.patch': async (call) => {
      const { key } = await received(call)
      return (await receivePatch(deps, call, { kind: 'token', key, unknown: 'unknownToken' })).reply
    },
  }
}
