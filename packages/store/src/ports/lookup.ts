import type { PartyId } from '@interwatt/protocol'
import type { StoredObject } from './objects.js'

/** Finds objects when their owner is not known: a card that was tapped, a location or session a command names. */
export interface ObjectLookup {
  /** Every token with this uid, of any owner and type, compared without case; tombstones included. */
  tokensByUid(uid: string): Promise<readonly StoredObject[]>
  /** Every object of a kind with this id, of any owner, compared without case; tombstones included. */
  byId(
    kind: 'location' | 'session' | 'tariff' | 'booking_location',
    id: string,
  ): Promise<readonly StoredObject[]>
  /** Whether a live connector of this party lists the tariff, compared without case. May scan; for rare questions only. */
  tariffInUse(party: PartyId, tariffId: string): Promise<boolean>
  /**
   * EVSEs in use of this party, by key, with a connector that lists more than one tariff; `after` is the key id of the last one
   * seen, `''` at first. Scans the EVSEs of the party; for rare questions only.
   */
  evsesWithTariffs(party: PartyId, after: string, limit: number): Promise<readonly StoredObject[]>
}
