import { OcpiRefusal, type Operation, type ocpi230, sameParty } from '@interwatt/protocol'
import type { Call, Handlers, Reply } from '@interwatt/server'
import type {
  ObjectLookup,
  ProfileRequest,
  ProfileRequestStore,
  ProfileRequestType,
  StoredObject,
} from '@interwatt/store'
import { isLive } from '../modules/plan-write.js'
import { asDocument } from '../modules/serving.js'
import type { Secrets } from '../secrets.js'
import type { KeepActive } from './active-profiles.js'
import { listenersOf } from './profile.rules.js'

export interface ProfileResultDeps {
  readonly requests: ProfileRequestStore
  readonly lookup: ObjectLookup
  readonly secrets: Secrets
  readonly now: () => number
  readonly keepActive: KeepActive
  /** A result came in; it is passed on where the request was, without waiting for that. */
  onResult(request: ProfileRequest): void
  onUpdated(request: ProfileRequest): Promise<void>
}

type SenderOperation = Extract<Operation, `chargingprofiles.sender.${string}`>
type ResultCall = Call<Exclude<SenderOperation, 'chargingprofiles.sender.update'>>

/** One answer for every address that takes nothing: never made, of another partner or kind, used, or out of time (CP-031). */
const noAddress = (): OcpiRefusal => new OcpiRefusal('unknownObject', 'No request awaits a result here.')

/** FAILED is a request whose synchronous answer was lost: its result still counts. */
const AWAITING = ['PENDING', 'ACCEPTED', 'FAILED'] as const

const take = async (deps: ProfileResultDeps, type: ProfileRequestType, call: ResultCall): Promise<Reply> => {
  const request = await deps.requests.findByResponseToken(deps.secrets.hash(call.params.response_id))
  if (request === undefined || request.partnerId !== call.caller.partnerId || request.type !== type)
    throw noAddress()
  const now = new Date(deps.now()).toISOString()
  const profile = 'profile' in call.body && call.body.result === 'ACCEPTED' ? call.body.profile : undefined
  const updated = await deps.requests.update(request.id, {
    from: AWAITING,
    aliveAt: now,
    set: {
      state: 'DONE',
      result: call.body.result,
      profile: profile === undefined ? null : asDocument(profile),
      finishedAt: now,
    },
  })
  if (updated === undefined) throw noAddress()
  if (updated.profile !== null) {
    const { session, sessionId } = updated
    await deps.keepActive({ session, sessionId, partnerId: call.caller.partnerId, profile: updated.profile })
  }
  await deps.onUpdated(updated)
  deps.onResult(updated)
  return { kind: 'data' }
}

/** The session a CPO means: one it sent us itself, of the party it speaks for (promise 3). */
const sessionOf = async (
  deps: ProfileResultDeps,
  call: Call<'chargingprofiles.sender.update'>,
): Promise<StoredObject> => {
  const rows = await deps.lookup.byId('session', call.params.session_id)
  const { from } = call.routing
  const session = rows.find(
    (row) =>
      isLive(row) &&
      row.receivedFrom === call.caller.partnerId &&
      (from === undefined || sameParty(from, row.key)),
  )
  if (session === undefined) throw new OcpiRefusal('unknownObject', 'There is no such session here.')
  return session
}

const update = async (
  deps: ProfileResultDeps,
  call: Call<'chargingprofiles.sender.update'>,
): Promise<Reply> => {
  const session = await sessionOf(deps, call)
  const profile: ocpi230.ActiveChargingProfile = call.body
  const active = {
    session: session.key,
    sessionId: String(session.document.id),
    partnerId: call.caller.partnerId,
    profile: asDocument(profile),
  }
  // SCSPs that set a profile through us hear of changes from us (CP-038).
  await deps.keepActive(active, { listeners: listenersOf(await deps.requests.traces(session.key)) })
  return { kind: 'data' }
}

/** What the CPO of a session tells its Sender: results of requests, and changes (CP-031 to CP-033, CP-037). */
export const profileSenderHandlers = (deps: ProfileResultDeps): Pick<Handlers, SenderOperation> => ({
  'chargingprofiles.sender.readResult': (call) => take(deps, 'READ', call),
  'chargingprofiles.sender.setResult': (call) => take(deps, 'SET', call),
  'chargingprofiles.sender.clearResult': (call) => take(deps, 'CLEAR', call),
  'chargingprofiles.sender.update': (call) => update(deps, call),
})
