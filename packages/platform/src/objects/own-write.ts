import {
  type CrossingFacts,
  canonicalVersion,
  type PartyId,
  type PartyObjectKind,
  type VersionId,
} from '@interwatt/protocol'
import { keyById, locationKey, type ObjectKey, type ReadSet, tokenKey } from '@interwatt/store'
import { planCdr } from '../modules/cdrs/handlers.js'
import { type Origin, readIncoming } from '../modules/incoming.js'
import { planPutEvse, splitLocation } from '../modules/locations/plan-location.js'
import { type Planned, planDelete, planPut } from '../modules/plan-write.js'
import { problem, type Result } from '../services.js'
import { planWithdrawPlace } from './own-booking-location.js'
import { addressOf, keySegments, type OwnKey, readOwn } from './own-objects.js'
import {
  keepCompleted,
  keepConnectorTimes,
  planPutOwnLocation,
  planRetireLocation,
  planSetFields,
} from './plan-own.js'

/** A write of an own object, ready for the store. */
export interface OwnWrite {
  readonly reads: readonly ObjectKey[]
  readonly evsesOf?: readonly ObjectKey[]
  plan(read: ReadSet): Planned
}

/** Where an own write comes from: nobody but us. */
export const ownOrigin = (version: VersionId, nowMs: number, facts: CrossingFacts = {}): Origin => ({
  version,
  receivedFrom: null,
  nowMs,
  facts,
})

const write = (value: OwnWrite): Result<OwnWrite> => ({ kind: 'done', value })

/** Replaces or creates an own object; the problem says what is wrong with the body. */
export const putOwn = (
  key: OwnKey,
  body: unknown,
  version: VersionId,
  { nowMs, facts }: { readonly nowMs: number; readonly facts: CrossingFacts },
): Result<OwnWrite> => {
  const at = new Date(nowMs).toISOString()
  const segments = keySegments(key)
  const id = segments[0] ?? ''
  const address =
    key.kind === 'token' ? addressOf(key, id, segments[1]) : addressOf(key, segments.at(-1) ?? '')
  const read = readOwn(key.kind, version, body, address, at)
  if (read.kind === 'problem') return read
  const origin = ownOrigin(version, nowMs, facts)
  if (key.kind === 'location') {
    const split = splitLocation(key, id, read.value, origin)
    const reads = [key, ...split.evses.map((evse) => evse.key)]
    return write({ reads, evsesOf: [key], plan: (set) => planPutOwnLocation(key, split, at, set) })
  }
  const incoming = readIncoming(key.kind, read.value, origin)
  if (key.kind === 'evse') {
    const parent = locationKey(key, id)
    return write({
      reads: [parent, key],
      plan: (set) => planPutEvse(key, parent, keepConnectorTimes(incoming, set.get(key), at), set),
    })
  }
  if (key.kind === 'cdr') return write({ reads: [key], plan: (set) => planCdr(key, incoming, set) })
  const plan = (set: ReadSet): Planned => {
    const planned = planPut(key, incoming, set)
    return key.kind === 'session' ? keepCompleted(key, planned, set) : planned
  }
  return write({ reads: [key], plan })
}

/** Withdraws an own object: tariffs, terminals and invoice records are deleted, locations and EVSEs become REMOVED, tokens invalid; sessions and CDRs stay. */
export const withdrawOwn = (key: ObjectKey, nowMs: number): Result<OwnWrite> => {
  const origin = ownOrigin(canonicalVersion.id, nowMs)
  const at = new Date(nowMs).toISOString()
  switch (key.kind) {
    case 'tariff':
    case 'terminal':
    case 'invoice_reconciliation_record':
      return write({ reads: [key], plan: (set) => planDelete(key, at, set) })
    case 'location':
      return write({
        reads: [key],
        evsesOf: [key],
        plan: (set) => planRetireLocation(key, origin, at, set),
      })
    case 'evse':
      return write({
        reads: [key],
        plan: (set) => planSetFields(key, { status: 'REMOVED' }, origin, at, set),
      })
    case 'token':
      return write({ reads: [key], plan: (set) => planSetFields(key, { valid: false }, origin, at, set) })
    case 'booking_location':
      return write({ reads: [key], plan: (set) => planWithdrawPlace(key, at, set) })
    default:
      return problem(
        405,
        'Never deleted',
        'Sessions, CDRs, bookings and confirmations of payments stay; correct a CDR with a credit CDR, cancel a booking.',
      )
  }
}

/** The key an own document in a list would get; undefined when it has no id. */
export const keyOfOwn = (
  kind: PartyObjectKind,
  party: PartyId,
  body: { readonly [field: string]: unknown },
): OwnKey | undefined => {
  const key = keyOf(kind, party, body)
  return key && { ...key, kind }
}

const keyOf = (
  kind: PartyObjectKind,
  party: PartyId,
  body: { readonly [field: string]: unknown },
): ObjectKey | undefined => {
  if (kind === 'token')
    return typeof body.uid === 'string'
      ? tokenKey(party, body.uid, typeof body.type === 'string' ? body.type : 'RFID')
      : undefined
  if (kind === 'evse' || typeof body.id !== 'string') return undefined
  return keyById[kind](party, body.id)
}
