import { OcpiRefusal, type ocpi230 } from '@interwatt/protocol'
import type { Handlers } from '@interwatt/server'
import { type Document, type StoredObject, sessionKey } from '@interwatt/store'
import { hostedIn } from '../../directory/partner-directory.js'
import { assertSameId, assertSameParty, moduleRoles, partiesIn } from '../access.rules.js'
import { readIncoming } from '../incoming.js'
import { listOwn } from '../listing.js'
import { isLive, planPatch, planPut } from '../plan-write.js'
import { type ModuleDeps, mayReadBack, originOf, ownerInPath, receive } from '../receive.js'
import { asDocument, serve } from '../serving.js'
import { concerns } from './concerns.js'

type SessionHandlers = Pick<Handlers, Extract<keyof Handlers, `sessions.${string}`>>

export interface SessionDeps extends ModuleDeps {
  /** What the CPO side says to charging preferences of one of its sessions (sessions.md, flow D). */
  decidePreferences(
    session: StoredObject,
    preferences: ocpi230.ChargingPreferences,
    correlationId: string,
  ): Promise<ocpi230.ChargingPreferencesResponse>
  /** Told of every session that a partner wrote and that changed: commands adopt theirs (CMD-073). */
  onReceived(partnerId: string, session: Document): Promise<void>
}

/** Sessions, sender and receiver side (sessions.md). */
export const sessionHandlers = (deps: SessionDeps): SessionHandlers => ({
  'sessions.sender.list': (call) => {
    const tokenOwners = partiesIn(call.caller, moduleRoles.sessions.readers)
    return listOwn(deps, call, 'session', 'CPO', tokenOwners.length === 0 ? undefined : { tokenOwners })
  },
  'sessions.sender.setChargingPreferences': async (call) => {
    const keys = hostedIn(deps.directory.hosted(), 'CPO', call.routing.to).map((party) =>
      sessionKey(party, call.params.session_id),
    )
    const readers = partiesIn(call.caller, moduleRoles.sessions.readers)
    const session = (await deps.objects.getMany(keys)).find(
      (row) => isLive(row) && concerns(row.document, readers),
    )
    if (!session) throw new OcpiRefusal('unknownObject', 'There is no such session here.')
    return { kind: 'data', data: await deps.decidePreferences(session, call.body, call.correlationId) }
  },
  'sessions.receiver.get': async (call) => {
    const session = await deps.objects.get(
      sessionKey(ownerInPath(deps, call, 'sessions'), call.params.session_id),
    )
    if (!isLive(session) || !mayReadBack(call.caller, session))
      throw new OcpiRefusal('unknownObject', 'There is no such session here.')
    const served = serve('session', call.version, session)
    if (served.kind === 'withheld') throw new OcpiRefusal('unknownObject', served.reason)
    return { kind: 'data', data: served.document }
  },
  'sessions.receiver.put': async (call) => {
    const party = ownerInPath(deps, call, 'sessions')
    const body = asDocument(call.received)
    assertSameParty(party, body)
    assertSameId('id', call.params.session_id, body.id)
    const key = sessionKey(party, call.params.session_id)
    const incoming = readIncoming('session', body, originOf(call, deps.now))
    const { reply, changed } = await receive(
      deps,
      { reads: [key], plan: (read) => planPut(key, incoming, read) },
      'unknownObject',
    )
    if (changed) await deps.onReceived(call.caller.partnerId, incoming.document)
    return reply
  },
  'sessions.receiver.patch': async (call) => {
    const party = ownerInPath(deps, call, 'sessions')
    const key = sessionKey(party, call.params.session_id)
    const body = asDocument(call.received)
    const plan = (read: Parameters<typeof planPatch>[4]) =>
      planPatch('session', key, body, originOf(call, deps.now), read)
    const { reply, changed } = await receive(deps, { reads: [key], plan }, 'unknownObject')
    const stored = changed ? await deps.objects.get(key) : undefined
    if (stored) await deps.onReceived(call.caller.partnerId, stored.document)
    return reply
  },
})
