import { OcpiRefusal, type ocpi230 } from '@interwatt/protocol'
import type { Handlers } from '@interwatt/server'
import { type Document, type StoredObject, sessionKey } from '@interwatt/store'
import { hostedIn } from '../../directory/partner-directory.js'
import { moduleRoles } from '../access.rules.js'
import { concernedParties } from '../calling-parties.js'
import { listOwn } from '../listing.js'
import { isLive } from '../plan-write.js'
import { type ModuleDeps, mayReadBack, ownerInPath } from '../receive.js'
import { answerObject, receivePatch, receivePut } from '../receive-object.js'
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
    const tokenOwners = concernedParties(call, moduleRoles.sessions.readers)
    return listOwn(deps, call, 'session', 'CPO', tokenOwners.length === 0 ? undefined : { tokenOwners })
  },
  'sessions.sender.setChargingPreferences': async (call) => {
    const keys = hostedIn(deps.directory.hosted(), 'CPO', call.routing.to).map((party) =>
      sessionKey(party, call.params.session_id),
    )
    const readers = concernedParties(call, moduleRoles.sessions.readers)
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
    return answerObject(deps, call, 'session', session, 'unknownObject')
  },
  'sessions.receiver.put': async (call) => {
    const { session_id: inUrl } = call.params
    const key = sessionKey(ownerInPath(deps, call, 'sessions'), inUrl)
    const id = { field: 'id', inUrl } as const
    const put = await receivePut(deps, call, { kind: 'session', key, id, unknown: 'unknownObject' })
    if (put.changed) await deps.onReceived(call.caller.partnerId, put.changed)
    return put.reply
  },
  'sessions.receiver.patch': async (call) => {
    const key = sessionKey(ownerInPath(deps, call, 'sessions'), call.params.session_id)
    const patched = await receivePatch(deps, call, { kind: 'session', key, unknown: 'unknownObject' })
    const stored = patched.changed ? await deps.objects.get(key) : undefined
    if (stored) await deps.onReceived(call.caller.partnerId, stored.document)
    return patched.reply
  },
})
