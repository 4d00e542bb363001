import type { PartyId } from '@interwatt/protocol'
import { type Document, locationKey, type ObjectKey, type ReadSet } from '@interwatt/store'
import type { Origin } from '../incoming.js'
import type { Planned } from '../plan-write.js'
import { planPutLocation, splitLocation } from './plan-location.js'

export interface LocationWrite {
  readonly reads: readonly ObjectKey[]
  readonly evsesOf: readonly ObjectKey[]
  plan(read: ReadSet): Planned
}

/** The write of a whole Location as a partner sent it, pushed or pulled. */
export const locationWrite = (
  party: PartyId,
  locationId: string,
  received: Document,
  origin: Origin,
): LocationWrite => {
  const key = locationKey(party, locationId)
  const split = splitLocation(party, locationId, received, origin)
  return {
    reads: [key, ...split.evses.map((evse) => evse.key)],
    evsesOf: [key],
    plan: (read) => planPutLocation(key, split, read),
  }
}
