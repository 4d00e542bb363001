import type { DocumentName, ObjectKind, PartyObjectKind } from '@interwatt/protocol'

/** What can be listed. */
export interface Listed {
  /** Path segment. */
  readonly path: string
  readonly kind: Exclude<ObjectKind, 'evse'>
  readonly document: DocumentName
  /** For people, in the reference. */
  readonly tag: string
  /** Top-level fields a list can be filtered by. */
  readonly filters: readonly string[]
}

/** A collection of the operator API and the objects in it. */
export interface Resource extends Listed {
  readonly path:
    | 'locations'
    | 'tariffs'
    | 'tokens'
    | 'sessions'
    | 'cdrs'
    | 'booking_locations'
    | 'bookings'
    | 'terminals'
    | 'financial-advice-confirmations'
    | 'invoice-reconciliation-records'
  readonly kind: Exclude<PartyObjectKind, 'evse'>
  readonly singular: string
  /** Last path parameter. */
  readonly idName: 'id' | 'uid' | 'terminal_id'
  /** Whether `?type=` belongs to the identity. */
  readonly typed: boolean
  /** Without `/bulk`: objects of one recipient each, which has to be found for every one of them. */
  readonly single?: true
}

/** Parties behind hubs, as their hubs say: to be read only. */
export const hubClients: Listed = {
  path: 'hub-clients',
  kind: 'client_info',
  document: 'client_info',
  tag: 'Hub clients',
  filters: ['role', 'status'],
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
    path: 'terminals',
    kind: 'terminal',
    document: 'terminal',
    tag: 'Terminals',
    singular: 'Terminal',
    idName: 'terminal_id',
    typed: false,
    filters: ['reference', 'customer_reference'],
    single: true,
  },
  {
    path: 'financial-advice-confirmations',
    kind: 'financial_advice_confirmation',
    document: 'financial_advice_confirmation',
    tag: 'FinancialAdviceConfirmations',
    singular: 'FinancialAdviceConfirmation',
    idName: 'id',
    typed: false,
    filters: ['authorization_reference', 'capture_status_code', 'currency'],
    single: true,
  },
  {
    path: 'invoice-reconciliation-records',
    kind: 'invoice_reconciliation_record',
    document: 'invoice_reconciliation_record',
    tag: 'InvoiceReconciliationRecords',
    singular: 'InvoiceReconciliationRecord',
    idName: 'id',
    typed: false,
    filters: ['invoice_id'],
    single: true,
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
