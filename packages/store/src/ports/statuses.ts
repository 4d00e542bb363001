import type { ObjectKey } from './objects.js'

/** A change of the status of an EVSE, as it arrived here. */
export interface StatusChange {
  /** Key of the EVSE: `location/uid`, in upper case. */
  readonly evse: string
  readonly status: string
  /** The status until then; null for an EVSE that is new. */
  readonly before: string | null
  /** When it became known here, ISO. */
  readonly arrivedAt: string
  /** Since when the EVSE says to have it, ISO. */
  readonly saidAt: string
  /** Id of the partner it came from; null for own EVSEs. */
  readonly receivedFrom: string | null
}

/** Storage of the statuses that EVSEs had. */
export interface StatusHistory {
  /** Changes of all EVSEs of a location from an ISO time on, oldest first; of more than `limit` the newest. */
  of(
    location: ObjectKey,
    query: { readonly from: string; readonly limit: number },
  ): Promise<readonly StatusChange[]>
  /** Makes room for the days ahead, and drops days that ended more than `days` ago; how many. */
  tend(days: number): Promise<number>
}
