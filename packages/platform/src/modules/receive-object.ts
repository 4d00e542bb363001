import {
  type DocumentName,
  type ObjectKind,
  OcpiRefusal,
  type RefusalReason,
  versionOf,
} from '@interwatt/protocol'
import type { Reply } from '@interwatt/server'
import { type Document, loweringFacts, type ObjectKey, type StoredObject } from '@interwatt/store'
import { assertSameId, assertSameParty } from './access.rules.js'
import { readIncoming } from './incoming.js'
import type { Lowerable } from './lower-stored.js'
import { planPatch, planPut } from './plan-write.js'
import { type AnyCall, type ModuleDeps, originFor, receive } from './receive.js'
import { asDocument, serve } from './serving.js'

type WriteDeps = Pick<ModuleDeps, 'objects' | 'lookup' | 'now'>

/** The parameter that ends the path of an object. */
const PARAMETER: Readonly<Partial<Record<DocumentName, string>>> = {
  location: 'location_id',
  evse: 'evse_uid',
  connector: 'connector_id',
  tariff: 'tariff_id',
  token: 'token_uid',
  session: 'session_id',
}

/** Where ids differ by case, an object of another spelling is another object (LOC-019, TOK-037). */
const isMeant = (call: AnyCall, name: DocumentName, { id, uid }: Document): boolean => {
  const parameter = PARAMETER[name]
  const asked = parameter === undefined ? undefined : call.params[parameter]
  return (
    asked === undefined || versionOf(call.version)?.traits.caseSensitiveIds !== true || asked === (id ?? uid)
  )
}

/** Refuses what the caller's version spells differently than it asked for. */
export const assertMeant = (
  call: AnyCall,
  name: DocumentName,
  document: Document,
  unknown: RefusalReason,
): void => {
  if (!isMeant(call, name, document))
    throw new OcpiRefusal(unknown, 'There is no object of this spelling here.')
}

/** One stored object in the caller's version; refused when that version cannot express it. */
export const answerObject = async (
  deps: Pick<ModuleDeps, 'objects' | 'now'>,
  call: AnyCall,
  name: DocumentName,
  stored: Lowerable & Pick<StoredObject, 'key'>,
  unknown: RefusalReason,
): Promise<Reply> => {
  assertMeant(call, name, stored.document, unknown)
  const facts = await loweringFacts(deps.objects, call.version, [stored], deps.now())
  const served = serve(name, call.version, stored, facts(stored))
  if (served.kind === 'withheld') throw new OcpiRefusal(unknown, served.reason)
  return { kind: 'data', data: served.document }
}

/** What a PUT of a whole object writes: the row, and the id of the URL with the field that repeats it. */
export interface PutTarget {
  readonly kind: ObjectKind
  readonly key: ObjectKey
  readonly id: { readonly field: 'id' | 'uid'; readonly inUrl: string }
  readonly unknown: RefusalReason
}

/** PUT of a whole object at the receiver: URL and body agree (TRN-114, TRN-115); `changed` is what is now stored, if anything. */
export const receivePut = async (
  deps: WriteDeps,
  call: AnyCall,
  { kind, key, id, unknown }: PutTarget,
): Promise<{ readonly reply: Reply; readonly changed: Document | undefined }> => {
  const received = asDocument(call.received)
  assertSameParty(key, received)
  assertSameId(id.field, id.inUrl, received[id.field])
  const incoming = readIncoming(kind, received, await originFor(deps, call, received))
  const { reply, changed } = await receive(
    deps,
    { reads: [key], plan: (read) => planPut(key, incoming, read) },
    unknown,
  )
  return { reply, changed: changed ? incoming.document : undefined }
}

/** PATCH of a stored object at the receiver. */
export const receivePatch = async (
  deps: WriteDeps,
  call: AnyCall,
  {
    kind,
    key,
    unknown,
  }: Pick<PutTarget, 'key' | 'unknown'> & { readonly kind: Parameters<typeof planPatch>[0] },
): ReturnType<typeof receive> => {
  const received = asDocument(call.received)
  const origin = await originFor(deps, call, received)
  const plan = (read: Parameters<typeof planPatch>[4]) => planPatch(kind, key, received, origin, read)
  return receive(deps, { reads: [key], plan }, unknown)
}
