import type { DocumentName, ObjectKind } from '@interwatt/protocol'

/** A collection of the operator API and the objects in it. */
export interface Resource {
  /** Path segment. */
  readonly path: 'locations' | 'tariffs' | 'tokens' | 'sessions' | 'cdrs' | 'booking_locations' | 'bookings'
  readonly kind: Exclude<ObjectKind, 'evse'>
  readonly document: DocumentName
  /** For people, in the reference. */
  readonly tag: string
  readonly singular: string
  /** Last path parameter. */
  readonly idName: 'id' | 'uid'
  /** Whether `?type=` belongs to the identity. */
  readonly typed: boolean
  /** Top-level fields a list can be filtered by. */
  readonly filters: readonly string[]
}

/** The collections, in the order of the reference. */
export const resources: readonly Resource[] = [
  {
    path: 'locations',
    kind: 'location',
    document: 'location',
    tag: 'Locations',
    singular: 'Location',
    idName: 'id',
    typed: false,
    filters: ['city', 'country', 'postal_code', 'publish'],
  },
  {
    path: 'tariffs',
    kind: 'tariff',
    document: 'tariff',
    tag: 'Tariffs',
    singular: 'Tariff',
    idName: 'id',
    typed: false,
    filters: ['currency', 'type'],
  },
  {
    path: 'tokens',
    kind: 'token',
    document: 'token',
    tag: 'Tokens',
    singular: 'Token',
    idName: 'uid',
    typed: true,
    filters: ['uid', 'type', 'contract_id', 'issuer', 'valid', 'whitelist', 'group_id'],
  },
  {
    path: 'sessions',
    kind: 'session',
    document: 'session',
    tag: 'Sessions',
    singular: 'Session',
    idName: 'id',
    typed: false,
    filters: ['status', 'location_id', 'evse_uid', 'authorization_reference', 'currency'],
  },
  {
    path: 'cdrs',
    kind: 'cdr',
    document: 'cdr',
    tag: 'CDRs',
    singular: 'Cdr',
    idName: 'id',
    typed: false,
    filters: ['session_id', 'authorization_reference', 'currency', 'credit', 'invoice_reference_id'],
  },
  {
    path: 'booking_locations',
    kind: 'booking_location',
    document: 'booking_location',
    tag: 'BookingLocations',
    singular: 'BookingLocation',
    idName: 'id',
    typed: false,
    filters: ['location_id'],
  },
  {
    path: 'bookings',
    kind: 'booking',
    document: 'booking',
    tag: 'Bookings',
    singular: 'Booking',
    idName: 'id',
    typed: false,
    filters: ['reservation_status', 'location_id', 'request_id', 'authorization_reference'],
  },
]
