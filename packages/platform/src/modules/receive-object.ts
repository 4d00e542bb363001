import { type DocumentName, type ObjectKind, OcpiRefusal, type RefusalReason } from '@interwatt/protocol'
import type { Reply } from '@interwatt/server'
import type { Document, ObjectKey, StoredObject } from '@interwatt/store'
import { assertSameId, assertSameParty } from './access.rules.js'
import { readIncoming } from './incoming.js'
import { planPatch, planPut } from './plan-write.js'
import { type AnyCall, type ModuleDeps, originOf, receive } from './receive.js'
import { asDocument, serve } from './serving.js'

type WriteDeps = Pick<ModuleDeps, 'objects' | 'now'>

/** One stored object in the caller's version; refused when that version cannot express it. */
export const answerObject = (
  call: Pick<AnyCall, 'version'>,
  name: DocumentName,
  stored: Pick<StoredObject, 'document' | 'versionIn' | 'unmapped'>,
  unknown: RefusalReason,
): Reply => {
  const served = serve(name, call.version, stored)
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
  const incoming = readIncoming(kind, received, originOf(call, deps.now))
  const { reply, changed } = await receive(
    deps,
    { reads: [key], plan: (read) => planPut(key, incoming, read) },
    unknown,
  )
  return { reply, changed: changed ? incoming.document : undefined }
}

/** PATCH of a stored object at the receiver. */
export const receivePatch = (
  deps: WriteDeps,
  call: AnyCall,
  {
    kind,
    key,
    unknown,
  }: Pick<PutTarget, 'key' | 'unknown'> & { readonly kind: Parameters<typeof planPatch>[0] },
): ReturnType<typeof receive> => {
  const received = asDocument(call.received)
  const plan = (read: Parameters<typeof planPatch>[4]) =>
    planPatch(kind, key, received, originOf(call, deps.now), read)
  return receive(deps, { reads: [key], plan }, unknown)
}
