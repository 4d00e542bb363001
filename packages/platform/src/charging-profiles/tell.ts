import type { ClientPartner, OcpiClient } from '@interwatt/client'
import { lower } from '@interwatt/protocol'
import type { ActiveProfile, ActiveProfileStore, ObjectStore, Partner, ProfileUpdate } from '@interwatt/store'
import type { AskAway } from '../directory/away.js'
import type { Directory } from '../directory/partner-directory.js'
import { isLive } from '../modules/plan-write.js'
import { isOngoing } from './profile.rules.js'
import { speakerFor } from './speaker.js'

export interface TellDeps {
  readonly active: ActiveProfileStore
  readonly objects: ObjectStore
  readonly directory: Directory
  readonly client: OcpiClient
  readonly now: () => number
  readonly askAway: AskAway
  openPartner(partner: Partner): ClientPartner | undefined
}

/** Longer than any request takes: a node that dies meanwhile leaves the update to another. */
const LEASE_MS = 60_000
const REQUEST_MS = 5_000
const AT_ONCE = 50
const LONGEST_WAIT_MS = 60_000

/** The wait after an outage: a second, doubling up to a minute. */
export const retryAfterMs = (failures: number): number =>
  Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(failures, 20))

/** Whether a Sender can be told now, later, or never again. */
const reachable = (partner: Partner | undefined): 'now' | 'later' | 'never' => {
  if (partner?.status === 'REGISTERED') return 'now'
  return partner?.status === 'SUSPENDED' || partner?.status === 'UPDATING' ? 'later' : 'never'
}

/** The newest profile of a session that still runs; undefined when there is nothing to tell any more (CP-047). */
const toTell = async (deps: TellDeps, update: ProfileUpdate): Promise<ActiveProfile | undefined> => {
  const [session, active] = await Promise.all([
    deps.objects.get(update.session),
    deps.active.get(update.session),
  ])
  return isLive(session) && isOngoing(session.document) ? active : undefined
}

/** PUTs the newest profile to one Sender; an answer of any kind ends it, an outage is tried again while the session lasts. */
const tellOne = async (deps: TellDeps, update: ProfileUpdate): Promise<void> => {
  const active = await toTell(deps, update)
  const partner = await deps.directory.partner(update.partnerId)
  const when = reachable(partner)
  const again = (waitMs = 0): Promise<void> => {
    const delayMs = Math.max(retryAfterMs(update.failures), Math.min(waitMs, LONGEST_WAIT_MS))
    return deps.active.postpone(update, new Date(deps.now() + delayMs).toISOString())
  }
  if (active !== undefined && when === 'later') return again()
  const open = partner && when === 'now' ? deps.openPartner(partner) : undefined
  const lowered = open && active && lower('active_charging_profile', open.version, active.profile, 'whole')
  if (!open || !active || lowered?.kind !== 'document') return deps.active.finish(update)
  // Nothing waits for a party that is away; it asks when it is back (HCI-011).
  if (partner && (await deps.askAway(partner, update.party))) return deps.active.finish(update)
  const outcome = await deps.client.call(
    open,
    'chargingprofiles.sender.update',
    { params: { session_id: active.sessionId }, body: lowered.document },
    { from: await speakerFor(deps, update.session), to: update.party, timeoutMs: REQUEST_MS },
  )
  return outcome.kind === 'outage' ? again(outcome.retryAfterMs) : deps.active.finish(update)
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
