import { Booking, BookingLocation, Calendar } from '../modules/bookings/v230.js'
import { Connector, EVSE, Location } from '../modules/locations/v230.js'
import { Terminal } from '../modules/payments/v230.js'
import { Session } from '../modules/sessions/v230.js'
import { Tariff } from '../modules/tariffs/v230.js'
import { Token } from '../modules/tokens/v230.js'
import type { ObjectSchema } from '../schema/index.js'
import { foldCase } from '../transport/party.js'

/** Objects that a PATCH can address. */
export type PatchableName =
  | 'location'
  | 'evse'
  | 'connector'
  | 'tariff'
  | 'token'
  | 'session'
  | 'terminal'
  | 'booking_location'
  | 'calendar'
  | 'booking'

/** How a list in a PATCH differs from all others, which replace the stored list whole (TRN-097). */
export type ListRule =
  | { readonly kind: 'append' }
  | { readonly kind: 'upsert'; readonly item: PatchableName; readonly key: string }

interface Patchable {
  readonly schema: ObjectSchema
  /** The fields that say which object a document is; a PATCH cannot change them (TRN-099). A token is uid and type (TOK-025). */
  readonly identity: readonly string[]
  readonly lists: Readonly<Record<string, ListRule>>
}

const party = ['country_code', 'party_id'] as const

/** What PATCH knows about each object, in canonical shape. */
export const patchables: Readonly<Record<PatchableName, Patchable>> = {
  location: {
    schema: Location,
    identity: [...party, 'id'],
    lists: { evses: { kind: 'upsert', item: 'evse', key: 'uid' } },
  },
  evse: {
    schema: EVSE,
    identity: ['uid'],
    lists: { connectors: { kind: 'upsert', item: 'connector', key: 'id' } },
  },
  connector: { schema: Connector, identity: ['id'], lists: {} },
  tariff: { schema: Tariff, identity: [...party, 'id'], lists: {} },
  token: { schema: Token, identity: [...party, 'uid', 'type'], lists: {} },
  session: {
    schema: Session,
    identity: [...party, 'id'],
    lists: { charging_periods: { kind: 'append' } },
  },
  terminal: { schema: Terminal, identity: ['terminal_id'], lists: {} },
  booking_location: { schema: BookingLocation, identity: [...party, 'id'], lists: {} },
  calendar: { schema: Calendar, identity: ['id'], lists: {} },
  booking: { schema: Booking, identity: [...party, 'id', 'request_id'], lists: {} },
}

/** True when two identity values name the same object: text without regard to case (TYP-001). */
export const sameIdentity = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' ? foldCase(a) === foldCase(b) : a === b
