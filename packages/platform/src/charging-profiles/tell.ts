import type { ClientPartner, OcpiClient } from '@interwatt/client'
import { lower } from '@interwatt/protocol'
import type { ActiveProfileStore, ObjectStore, Partner, ProfileUpdate } from '@interwatt/store'
import type { Directory } from '../directory/partner-directory.js'
import { isLive } from '../modules/plan-write.js'
import { isOngoing } from './profile.rules.js'

export interface TellDeps {
  readonly active: ActiveProfileStore
  readonly objects: ObjectStore
  readonly directory: Directory
  readonly client: OcpiClient
  readonly now: () => number
  openPartner(partner: Partner): ClientPartner | undefined
}

/** Longer than any request takes: a node that dies meanwhile leaves the update to another. */
const LEASE_MS = 60_000
const REQUEST_MS = 15_000
const AT_ONCE = 50
const LONGEST_WAIT_MS = 60_000

/** The wait after an outage: a second, doubling up to a minute. */
export const retryAfterMs = (failures: number): number =>
  Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(failures, 20))

/** PUTs the newest profile to one Sender; an answer of any kind ends it, an outage is tried again while the session lasts (CP-047). */
const tellOne = async (deps: TellDeps, update: ProfileUpdate): Promise<void> => {
  const [session, active, partner] = await Promise.all([
    deps.objects.get(update.session),
    deps.active.get(update.session),
    deps.directory.partner(update.partnerId),
  ])
  const open = partner && deps.openPartner(partner)
  const lowered = open && active && lower('active_charging_profile', open.version, active.profile, 'whole')
  const isOver = !isLive(session) || !isOngoing(session.document)
  if (isOver || !active || !open || lowered?.kind !== 'document') return deps.active.finish(update)
  const outcome = await deps.client.call(
    open,
    'chargingprofiles.sender.update',
    { params: { session_id: active.sessionId }, body: lowered.document },
    { from: update.session, to: update.party, timeoutMs: REQUEST_MS },
  )
  if (outcome.kind !== 'outage') return deps.active.finish(update)
  const waitMs = Math.max(retryAfterMs(update.failures), Math.min(outcome.retryAfterMs ?? 0, LONGEST_WAIT_MS))
  return deps.active.postpone(update, new Date(deps.now() + waitMs).toISOString())
}

/** Tells Senders of changed profiles that are due; `background` gets the requests, so that none makes another late. */
export const tellListeners = async (
  deps: TellDeps,
  background: (work: Promise<unknown>) => void,
): Promise<void> => {
  const nowMs = deps.now()
  const lease = new Date(nowMs + LEASE_MS).toISOString()
  const due = await deps.active.claim(new Date(nowMs).toISOString(), lease, AT_ONCE)
  for (const update of due) background(tellOne(deps, update))
}
