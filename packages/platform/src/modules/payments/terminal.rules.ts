import { createHash } from 'node:crypto'
import { changedFieldsBetween, foldCase, OcpiRefusal, type PartyId, sameParty } from '@interwatt/protocol'
import type { Document, ObjectKey, ReadSet, StoredObject } from '@interwatt/store'
import { type Incoming, type Origin, upsertOf } from '../incoming.js'
import { isLive, type Planned } from '../plan-write.js'

/** What a CPO may change of a terminal: where it stands and for whom it works, never which one it is (PAY-014). */
const PROPOSABLE: readonly string[] = [
  'customer_reference',
  'party_id',
  'country_code',
  'address',
  'city',
  'postal_code',
  'state',
  'country',
  'coordinates',
  'invoice_base_url',
  'invoice_creator',
  'location_ids',
  'evse_uids',
]

/** Of a body that a CPO sent, the fields it may decide about; null clears a field in a PATCH and says nothing in a PUT. */
export const proposedFields = (body: Document, form: 'whole' | 'patch'): Document =>
  Object.fromEntries(
    Object.entries(body).filter(
      ([field, value]) =>
        PROPOSABLE.includes(field) && value !== undefined && (form === 'patch' || value !== null),
    ),
  )

/**
 * The party a terminal works for after a change that names one: a party of the CPO that asks, never somebody else's (promise 3);
 * undefined when the change leaves that alone.
 */
export const ownCustomer = (
  before: Document,
  proposed: Document,
  parties: readonly PartyId[],
): PartyId | undefined => {
  const said = [proposed.country_code, proposed.party_id].some((value) => typeof value === 'string')
  if (!said) return undefined
  const { country_code: country, party_id: party } = withoutNulls({ ...before, ...proposed })
  const own = parties.find(
    ({ countryCode, partyId }) =>
      (country === undefined || foldCase(String(country)) === countryCode) &&
      (party === undefined || foldCase(String(party)) === partyId),
  )
  if (own === undefined)
    throw new OcpiRefusal('invalid', '/party_id and /country_code name none of your CPO parties (PAY-014).')
  return own
}

const withoutNulls = (document: Document): Document =>
  Object.fromEntries(Object.entries(document).filter(([, value]) => value !== null))

/** What a request of a CPO makes of a terminal. */
export interface TerminalChange {
  readonly key: ObjectKey
  readonly fields: Document
  readonly addressee: PartyId
  readonly nowIso: string
}

/** The terminal's document after a change; its time is ours (PAY-012). */
export const changedTerminal = (before: Document, fields: Document, nowIso: string): Document => ({
  ...withoutNulls({ ...before, ...fields }),
  last_updated: nowIso,
})

const writeOf = (
  change: TerminalChange,
  document: Document,
  origin: Origin,
  existing: StoredObject | undefined,
) => {
  const incoming: Incoming = {
    document,
    unmapped: existing?.unmapped ?? null,
    versionIn: existing?.versionIn ?? origin.version,
    receivedFrom: null,
    lastUpdated: change.nowIso,
    addressee: change.addressee,
  }
  const fields = existing === undefined ? null : changedFieldsBetween(existing.document, document)
  return upsertOf(change.key, incoming, fields)
}

/** PUT or PATCH of a CPO on the PTP's own copy: fields that are not given stay (PAY-011, PAY-014). */
export const planTerminalChange = (change: TerminalChange, origin: Origin, read: ReadSet): Planned => {
  const existing = read.get(change.key)
  if (!isLive(existing)) return { upserts: [], result: { kind: 'unknown_object' } }
  const document = changedTerminal(existing.document, change.fields, change.nowIso)
  return { upserts: [writeOf(change, document, origin, existing)], result: { kind: 'updated' } }
}

/** Deactivation: nothing is assigned any more (PAY-018, PAY-019). */
export const planDeactivation = (
  change: Omit<TerminalChange, 'fields'>,
  origin: Origin,
  read: ReadSet,
): Planned => {
  const existing = read.get(change.key)
  const held = ['location_ids', 'evse_uids'].filter((field) => existing?.document[field] !== undefined)
  const fields = Object.fromEntries(held.map((field) => [field, []]))
  return planTerminalChange({ ...change, fields }, origin, read)
}

/** The id of a terminal that is made by its activation: the same for the same reference, so that a repetition makes no second one (PAY-017). */
export const activatedId = (ptp: PartyId, reference: string): string => {
  const text = `${ptp.countryCode}*${ptp.partyId}/${foldCase(reference)}`
  const hex = createHash('sha256').update(text).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** Activation: the terminal with this reference, or a new one, works for the CPO that asked (PAY-015 to PAY-017). */
export const planActivation = (
  change: TerminalChange & { readonly reference: string },
  origin: Origin,
  read: ReadSet,
): Planned => {
  const existing = read.get(change.key)
  if (isLive(existing)) {
    const other = existing.addressee !== undefined && !sameParty(existing.addressee, change.addressee)
    if (!other) return planTerminalChange(change, origin, read)
    const reason = 'The terminal with this reference cannot be activated here; ask the provider.'
    return { upserts: [], result: { kind: 'conflict', reason } }
  }
  const begun = { terminal_id: activatedId(change.key, change.reference), reference: change.reference }
  const document = changedTerminal(begun, change.fields, change.nowIso)
  return { upserts: [writeOf(change, document, origin, undefined)], result: { kind: 'created' } }
}
