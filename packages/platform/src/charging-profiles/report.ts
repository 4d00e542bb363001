import { ocpi230, parseDocument } from '@interwatt/protocol'
import {
  type Document,
  evseKey,
  type ObjectKey,
  type ObjectStore,
  type ProfileRequestStore,
  type StoredObject,
} from '@interwatt/store'
import { findConnector } from '../modules/locations/plan-connector.js'
import { isLive } from '../modules/plan-write.js'
import { asDocument } from '../modules/serving.js'
import { invalid, notOurs } from '../objects/own-objects.js'
import { type ChargingProfileService, type Problem, problem } from '../services.js'
import type { KeepActive } from './active-profiles.js'
import { greatestProfile, isOngoing, listenersOf } from './profile.rules.js'

export interface ReportDeps {
  readonly objects: ObjectStore
  readonly requests: ProfileRequestStore
  readonly now: () => number
  readonly keepActive: KeepActive
}

/** The own session a report is for; a session that is over has no active profile any more (CP-047). */
const ownSession = async (deps: ReportDeps, key: ObjectKey): Promise<StoredObject | Problem> => {
  const session = await deps.objects.get(key)
  if (!isLive(session)) return problem(404, 'No such session', 'Create it with PUT first.')
  if (session.receivedFrom !== null) return notOurs()
  return isOngoing(session.document)
    ? session
    : problem(409, `The session is ${String(session.document.status)}`, 'Only a running session is steered.')
}

const connectorOf = async (deps: ReportDeps, session: StoredObject): Promise<Document | undefined> => {
  const { location_id: location, evse_uid: uid, connector_id: connectorId } = session.document
  const evse = await deps.objects.get(evseKey(session.key, String(location), String(uid)))
  return isLive(evse) ? findConnector(evse.document, String(connectorId)) : undefined
}

type Reporting = Pick<ChargingProfileService, 'report' | 'release'>

/** What the back end of a CPO knows of an own session; Senders that have set a profile are told (CP-011, CP-016, CP-046). */
export const createReporting = (deps: ReportDeps): Reporting => {
  const keep = async (
    session: StoredObject,
    profile: Document,
    releases: boolean,
  ): ReturnType<Reporting['report']> => {
    const listeners = listenersOf(await deps.requests.traces(session.key))
    const active = { session: session.key, sessionId: String(session.document.id), partnerId: null, profile }
    const kept = await deps.keepActive(active, { listeners, releases })
    return kept === 'older'
      ? problem(409, 'Older than what is stored', 'A later start_date_time is known for this session.')
      : {
          kind: 'done',
          value: { changed: kept === 'stored', told: kept === 'stored' ? listeners.length : 0 },
        }
  }
  return {
    async report(key, body) {
      const session = await ownSession(deps, key)
      if ('kind' in session) return session
      const read = parseDocument(ocpi230.ActiveChargingProfile, body, 'whole')
      if (read.findings.length > 0 || !read.ok) return invalid(read.findings)
      return keep(session, asDocument(read.value), false)
    },
    async release(key) {
      const session = await ownSession(deps, key)
      if ('kind' in session) return session
      const connector = await connectorOf(deps, session)
      const profile = greatestProfile(connector, new Date(deps.now()).toISOString())
      return profile === undefined
        ? problem(409, 'The connector is not known', 'Report the active profile with PUT instead.')
        : keep(session, profile, true)
    },
  }
}
