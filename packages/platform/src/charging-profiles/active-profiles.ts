import type { ActiveProfile, ActiveProfileStore, NodeEvent, ProfileListener } from '@interwatt/store'
import { effectiveInstant } from '../modules/incoming.js'

/** What keeping a profile came to. */
export type Kept = Awaited<ReturnType<ActiveProfileStore['put']>>

/** Stores a profile that is newer than what is known, and tells of it. */
export type KeepActive = (
  active: Pick<ActiveProfile, 'session' | 'sessionId' | 'partnerId' | 'profile'>,
  told?: { readonly listeners: readonly ProfileListener[]; readonly releases?: boolean },
) => Promise<Kept>

/** Active profiles of sessions, own and received: the newest `start_date_time` wins, the same again is no news (CP-037). */
export const createKeepActive =
  (deps: {
    readonly active: ActiveProfileStore
    readonly now: () => number
    activeEvent(active: ActiveProfile): NodeEvent
  }): KeepActive =>
  (given, told = { listeners: [] }) => {
    const nowMs = deps.now()
    const active: ActiveProfile = {
      ...given,
      startAt: effectiveInstant(given.profile.start_date_time, nowMs),
      updatedAt: new Date(nowMs).toISOString(),
    }
    return deps.active.put(active, { event: deps.activeEvent(active), ...told })
  }
