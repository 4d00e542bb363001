import { contentEquals, OcpiRefusal, partyOf } from '@interwatt/protocol'
import { type Handlers, moduleUrl } from '@interwatt/server'
import { cdrKey, type Document, type ObjectKey, type ReadSet, type StoredObject } from '@interwatt/store'
import { moduleRoles } from '../access.rules.js'
import { concernedParties } from '../calling-parties.js'
import { type Incoming, readIncoming, upsertOf } from '../incoming.js'
import { listOwn } from '../listing.js'
import type { Planned } from '../plan-write.js'
import { assertMayBring, type ModuleDeps, originFor, receive } from '../receive.js'
import { answerObject } from '../receive-object.js'
import { asDocument, serve } from '../serving.js'

type CdrHandlers = Pick<Handlers, Extract<keyof Handlers, `cdrs.${string}`>>

const unstamped = (document: Document): Document => ({ ...document, last_updated: null })

type Said = Pick<Incoming, 'document' | 'unmapped' | 'versionIn'>

/** What a partner said, without what was known from elsewhere when it came: a token or session may be known only later. */
const asSent = (cdr: Said): Document | undefined => {
  const served = serve('cdr', cdr.versionIn, cdr)
  return served.kind === 'document' ? unstamped(served.document) : undefined
}

/** Whether two CDRs of one id say the same. */
const saysSame = (stored: Said, incoming: Said): boolean =>
  contentEquals(unstamped(stored.document), unstamped(incoming.document)) ||
  (stored.versionIn === incoming.versionIn &&
    incoming.unmapped !== null &&
    contentEquals(asSent(stored), asSent(incoming)))

/** A CDR is stored once: the same again is fine, the same id with other content is a conflict (CDR-012 to CDR-014). */
export const planCdr = (key: ObjectKey, incoming: Incoming, read: ReadSet): Planned => {
  const existing = read.get(key)
  if (!existing) return { upserts: [upsertOf(key, incoming, null)], result: { kind: 'created' } }
  if (saysSame(existing, incoming)) return { upserts: [], result: { kind: 'updated' } }
  const reason = `A CDR with id ${String(existing.document.id)} and other content is stored; a CDR never changes, correct it with a credit CDR (CDR-013).`
  return { upserts: [], result: { kind: 'conflict', reason } }
}

export interface CdrDeps extends ModuleDeps {
  /** Told of every CDR that was received and stored. */
  onReceived(cdr: StoredObject): Promise<void>
}

/** CDRs, sender and receiver side (cdrs.md). */
export const cdrHandlers = (deps: CdrDeps): CdrHandlers => ({
  'cdrs.sender.list': (call) => {
    const tokenOwners = concernedParties(call, moduleRoles.cdrs.readers)
    return listOwn(deps, call, 'cdr', 'CPO', tokenOwners.length === 0 ? undefined : { tokenOwners })
  },
  'cdrs.receiver.get': async (call) => {
    const cdr = await deps.objects.get(
      cdrKey(partyOf(call.params.country_code, call.params.party_id), call.params.cdr_id),
    )
    if (!cdr || cdr.receivedFrom !== call.caller.partnerId)
      throw new OcpiRefusal('unknownObject', 'There is no such CDR here.')
    return answerObject(deps, call, 'cdr', cdr, 'unknownObject')
  },
  'cdrs.receiver.post': async (call) => {
    const received = asDocument(call.received)
    const incoming = readIncoming('cdr', received, await originFor(deps, call, received))
    const party = partyOf(String(incoming.document.country_code), String(incoming.document.party_id))
    assertMayBring(deps, call.caller, 'cdrs', party, 'invalid')
    const key = cdrKey(party, String(received.id))
    const { reply, changed } = await receive(
      deps,
      { reads: [key], plan: (read) => planCdr(key, incoming, read) },
      'unknownObject',
    )
    const stored = changed ? await deps.objects.get(key) : undefined
    if (stored) await deps.onReceived(stored)
    const path = [party.countryCode, party.partyId, String(received.id)].map(encodeURIComponent).join('/')
    const Location = `${moduleUrl(deps.publicUrl, call.version, 'cdrs', 'RECEIVER')}/${path}`
    return reply.kind === 'data' ? { ...reply, headers: { Location } } : reply
  },
})
