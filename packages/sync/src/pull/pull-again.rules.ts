import type { PartyId } from '@interwatt/protocol'
import type { PullModule } from './pull-legs.rules.js'
import { isOwnedBy } from './pull-legs.rules.js'

/** A party behind a hub that is there after it was not. */
export interface ReturnedParty {
  readonly party: PartyId
  readonly role: string
  /** ISO time since which it was away, as the hub has it; null when it was not known to be there before. */
  readonly awaySince: string | null
}

/** A hub notices late that a party is gone; what changed at that party meanwhile did not come through either. */
const NOTICED_LATE_MS = 3_600_000

/** What is to be read again of these modules, and from when on; null is from the beginning. */
export const planAgain = (
  modules: readonly PullModule[],
  returned: readonly ReturnedParty[],
): ReadonlyMap<PullModule, string | null> => {
  const asked = new Map<PullModule, string | null>()
  for (const module of modules) {
    const since = returned.filter(({ role }) => isOwnedBy(module, role)).map(({ awaySince }) => awaySince)
    if (since.length === 0) continue
    const times = since.map((at) => (at === null ? Number.NaN : Date.parse(at)))
    const earliestMs = Math.min(...times) - NOTICED_LATE_MS
    asked.set(module, Number.isNaN(earliestMs) ? null : new Date(earliestMs).toISOString())
  }
  return asked
}
