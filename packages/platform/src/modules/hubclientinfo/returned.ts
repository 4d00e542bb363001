import type { Document, ObjectKey, StoredObject } from '@interwatt/store'
import type { ReturnedParty } from '@interwatt/sync'
import { isLive } from '../plan-write.js'

/**
 * The party that a write of its client info made CONNECTED, undefined when it was so before or is not now. One that was OFFLINE lacks what
 * happened since; of one that was never there, or gone for good, everything is new.
 */
export const returnedBy = (
  key: ObjectKey,
  before: StoredObject | undefined,
  after: Document,
): ReturnedParty | undefined => {
  const was = isLive(before) ? before.document : undefined
  if (after.status !== 'CONNECTED' || was?.status === 'CONNECTED') return undefined
  const { countryCode, partyId } = key
  return {
    party: { countryCode, partyId },
    role: String(after.role),
    awaySince: was?.status === 'OFFLINE' ? String(was.last_updated) : null,
  }
}
