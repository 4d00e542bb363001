import type { ClientPartner, OcpiClient, Outcome, RequestContext } from '@interwatt/client'
import {
  type Endpoint,
  type Operation,
  type PartyObjectKind,
  type VersionId,
  versionOf,
} from '@interwatt/protocol'
import type { StoredObject } from '@interwatt/store'

/** The requests there are for one object at one partner; undefined where its version has no such method. */
export interface ObjectRequests {
  get(): Promise<Outcome>
  put(bodyText: string): Promise<Outcome>
  /** For objects that are made by POST and changed by PUT. */
  readonly create?: (bodyText: string) => Promise<Outcome>
  readonly patch: ((bodyText: string) => Promise<Outcome>) | undefined
  readonly remove: (() => Promise<Outcome>) | undefined
}

/** Who is asked, and under which routing headers. */
export interface Line {
  readonly client: OcpiClient
  readonly partner: ClientPartner
  readonly context: RequestContext
}

/** An object in the spelling of its documents; an EVSE comes with the location it stands at. */
export interface Addressed {
  readonly row: StoredObject
  readonly location?: StoredObject
}

/** True when the version has the operation: contracts differ in methods, code does not ask for versions. */
const hasOperation = (version: VersionId, operation: string): boolean =>
  endpointOf(version, operation) !== undefined

const byVersion = new Map<VersionId, ReadonlyMap<string, Endpoint>>()

const endpointOf = (version: VersionId, operation: string): Endpoint | undefined => {
  const known = byVersion.get(version)
  if (known !== undefined) return known.get(operation)
  const endpoints = versionOf(version)?.modules.flatMap((module) => module.endpoints) ?? []
  const made = new Map(endpoints.map((endpoint) => [endpoint.operation, endpoint]))
  byVersion.set(version, made)
  return made.get(operation)
}

const text = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise

const ownerOf = (row: StoredObject) => ({
  country_code: text(row.document.country_code, row.key.countryCode),
  party_id: text(row.document.party_id, row.key.partyId),
})

/** The requests for an object, addressed under the party that owns it (TRN-110, LOC-030). */
export const requestsFor = (line: Line, object: Addressed): ObjectRequests => {
  switch (object.row.key.kind) {
    case 'location':
      return locationRequests(line, object.row)
    case 'evse':
      return evseRequests(line, object.row, object.location ?? object.row)
    case 'tariff':
      return tariffRequests(line, object.row)
    case 'token':
      return tokenRequests(line, object.row)
    case 'session':
      return sessionRequests(line, object.row)
    case 'cdr':
      return cdrRequests(line, object.row)
    case 'client_info':
      throw new TypeError('What a hub says is passed on to nobody.')
    case 'terminal':
      return terminalRequests(line, object.row)
    case 'financial_advice_confirmation':
      return confirmationRequests(line, object.row)
    case 'invoice_reconciliation_record':
      return invoiceRecordRequests(line, object.row)
    case 'booking_location':
      return bookingLocationRequests(line, object.row)
    case 'booking':
      return bookingRequests(line, object.row)
  }
}

const locationRequests = ({ client, partner, context }: Line, row: StoredObject): ObjectRequests => {
  const params = { ...ownerOf(row), location_id: text(row.document.id, row.key.id) }
  return {
    get: () => client.call(partner, 'locations.receiver.get', { params }, context),
    put: (bodyText) => client.call(partner, 'locations.receiver.put', { params, bodyText }, context),
    patch: (bodyText) => client.call(partner, 'locations.receiver.patch', { params, bodyText }, context),
    remove: undefined,
  }
}

const evseRequests = (line: Line, row: StoredObject, location: StoredObject): ObjectRequests => {
  const { client, partner, context } = line
  const params = {
    ...ownerOf(location),
    location_id: text(location.document.id, location.key.id),
    evse_uid: text(row.document.uid, row.key.id),
  }
  return {
    get: () => client.call(partner, 'locations.receiver.getEvse', { params }, context),
    put: (bodyText) => client.call(partner, 'locations.receiver.putEvse', { params, bodyText }, context),
    patch: (bodyText) => client.call(partner, 'locations.receiver.patchEvse', { params, bodyText }, context),
    remove: undefined,
  }
}

const tariffRequests = ({ client, partner, context }: Line, row: StoredObject): ObjectRequests => {
  const params = { ...ownerOf(row), tariff_id: text(row.document.id, row.key.id) }
  return {
    get: () => client.call(partner, 'tariffs.receiver.get', { params }, context),
    put: (bodyText) => client.call(partner, 'tariffs.receiver.put', { params, bodyText }, context),
    patch: undefined,
    remove: () => client.call(partner, 'tariffs.receiver.delete', { params }, context),
  }
}

const tokenRequests = ({ client, partner, context }: Line, row: StoredObject): ObjectRequests => {
  const params = { ...ownerOf(row), token_uid: text(row.document.uid, row.key.id) }
  const type = text(row.document.type, 'RFID')
  // TOK-027: RFID is what receivers assume; 2.2 and later take the type on the URL.
  const typed = (operation: Operation) => {
    const named = type !== 'RFID' && endpointOf(partner.version, operation)?.query?.type !== undefined
    return named ? { params, query: { type } } : { params }
  }
  return {
    get: () => client.call(partner, 'tokens.receiver.get', typed('tokens.receiver.get'), context),
    put: (bodyText) =>
      client.call(partner, 'tokens.receiver.put', { ...typed('tokens.receiver.put'), bodyText }, context),
    patch: (bodyText) =>
      client.call(partner, 'tokens.receiver.patch', { ...typed('tokens.receiver.patch'), bodyText }, context),
    remove: undefined,
  }
}

const sessionRequests = ({ client, partner, context }: Line, row: StoredObject): ObjectRequests => {
  const params = { ...ownerOf(row), session_id: text(row.document.id, row.key.id) }
  return {
    get: () => client.call(partner, 'sessions.receiver.get', { params }, context),
    put: (bodyText) => client.call(partner, 'sessions.receiver.put', { params, bodyText }, context),
    patch: (bodyText) => client.call(partner, 'sessions.receiver.patch', { params, bodyText }, context),
    remove: undefined,
  }
}

/** A CDR is POSTed to the bare endpoint (CDR-006); `put` stands for that. */
const cdrRequests = ({ client, partner, context }: Line, row: StoredObject): ObjectRequests => {
  const params = { ...ownerOf(row), cdr_id: text(row.document.id, row.key.id) }
  return {
    get: () => client.call(partner, 'cdrs.receiver.get', { params }, context),
    put: (bodyText) => client.call(partner, 'cdrs.receiver.post', { params: {}, bodyText }, context),
    patch: undefined,
    remove: undefined,
  }
}

/** Every state of a terminal is POSTed: the receiver has no other method (PAY-007); `put` stands for that. */
const terminalRequests = ({ client, partner, context }: Line, row: StoredObject): ObjectRequests => {
  const params = { terminal_id: text(row.document.terminal_id, row.key.id) }
  return {
    get: () => client.call(partner, 'payments.receiver.getTerminal', { params }, context),
    put: (bodyText) =>
      client.call(partner, 'payments.receiver.postTerminal', { params: {}, bodyText }, context),
    patch: undefined,
    remove: undefined,
  }
}

/** Like a terminal: POSTed in every state (PAY-035). */
const confirmationRequests = ({ client, partner, context }: Line, row: StoredObject): ObjectRequests => {
  const params = { confirmation_id: text(row.document.id, row.key.id) }
  return {
    get: () => client.call(partner, 'payments.receiver.getConfirmation', { params }, context),
    put: (bodyText) =>
      client.call(partner, 'payments.receiver.postConfirmation', { params: {}, bodyText }, context),
    patch: undefined,
    remove: undefined,
  }
}

const invoiceRecordRequests = ({ client, partner, context }: Line, row: StoredObject): ObjectRequests => {
  const params = { ...ownerOf(row), record_id: text(row.document.id, row.key.id) }
  return {
    get: () => client.call(partner, 'invoicereconciliation.receiver.get', { params }, context),
    create: (bodyText) =>
      client.call(partner, 'invoicereconciliation.receiver.post', { params: {}, bodyText }, context),
    put: (bodyText) =>
      client.call(partner, 'invoicereconciliation.receiver.put', { params, bodyText }, context),
    patch: undefined,
    remove: () => client.call(partner, 'invoicereconciliation.receiver.delete', { params }, context),
  }
}

const bookingLocationRequests = ({ client, partner, context }: Line, row: StoredObject): ObjectRequests => {
  const params = { ...ownerOf(row), booking_location_id: text(row.document.id, row.key.id) }
  return {
    get: () => client.call(partner, 'bookings.receiver.getLocation', { params }, context),
    put: (bodyText) => client.call(partner, 'bookings.receiver.putLocation', { params, bodyText }, context),
    patch: (bodyText) =>
      client.call(partner, 'bookings.receiver.patchLocation', { params, bodyText }, context),
    remove: undefined,
  }
}

/** Addressed by `Booking.id` in every method (BKG-009). */
const bookingRequests = ({ client, partner, context }: Line, row: StoredObject): ObjectRequests => {
  const params = { ...ownerOf(row), booking_id: text(row.document.id, row.key.id) }
  return {
    get: () => client.call(partner, 'bookings.receiver.get', { params }, context),
    put: (bodyText) => client.call(partner, 'bookings.receiver.put', { params, bodyText }, context),
    patch: (bodyText) => client.call(partner, 'bookings.receiver.patch', { params, bodyText }, context),
    remove: undefined,
  }
}

const patchOperations: Readonly<Record<PartyObjectKind, string>> = {
  location: 'locations.receiver.patch',
  evse: 'locations.receiver.patchEvse',
  tariff: 'tariffs.receiver.patch',
  token: 'tokens.receiver.patch',
  session: 'sessions.receiver.patch',
  cdr: 'cdrs.receiver.patch',
  terminal: 'payments.receiver.patchTerminal',
  financial_advice_confirmation: 'payments.receiver.patchConfirmation',
  invoice_reconciliation_record: 'invoicereconciliation.receiver.patch',
  booking_location: 'bookings.receiver.patchLocation',
  booking: 'bookings.receiver.patch',
}

/** Whether the version has PATCH on objects of this kind and this product sends it. */
export const versionTakesPatch = (version: VersionId, kind: StoredObject['key']['kind']): boolean =>
  kind !== 'tariff' && kind !== 'client_info' && hasOperation(version, patchOperations[kind])
