import { createHash } from 'node:crypto'
import { foldCase, isJsonObject, parseDateTime } from '@interwatt/protocol'
import { type Document, type DriverCharge, type StoredObject, sessionKey } from '@interwatt/store'
import { sharesClockOf } from './live.rules.js'

/** What sessions and CDRs that came say about charges: which start they belong to, and which began without the app. */
export interface Adoption {
  readonly links: readonly {
    readonly chargeId: string
    readonly sessionKey: string
    readonly sharesClock: boolean | null
  }[]
  readonly adopted: readonly DriverCharge[]
}

/** A charge that waits for its session. */
type Waiting = Pick<
  DriverCharge,
  'id' | 'seq' | 'party' | 'authorizationReference' | 'locationId' | 'evseUid' | 'connectorId'
>

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const same = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && foldCase(a) === foldCase(b)

/** The id of a charge that began without the app: the same whenever and wherever it is found. */
const idOf = (...parts: readonly string[]): string => {
  const hex = createHash('sha256').update(parts.join('\n')).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

const placeOf = (
  document: Document,
): { readonly locationId: string | null; readonly evseUid: string | null } => {
  const cdr = isJsonObject(document.cdr_location) ? document.cdr_location : undefined
  return {
    locationId: text(cdr === undefined ? document.location_id : cdr.id),
    evseUid: text(cdr === undefined ? document.evse_uid : cdr.evse_uid),
  }
}

const tokenTypeOf = (document: Document): string =>
  isJsonObject(document.cdr_token) ? foldCase(String(document.cdr_token.type)) : ''

/** Versions and operators that give no reference back are known by place: the newest start there before the session came. */
const startOf = (object: StoredObject, waiting: readonly Waiting[]): Waiting | undefined => {
  const { document, key } = object
  const here = waiting.filter(
    ({ party }) => party.countryCode === key.countryCode && party.partyId === key.partyId,
  )
  const reference = text(document.authorization_reference)
  const named = here.find((charge) => same(charge.authorizationReference, reference))
  if (named !== undefined || reference !== null || tokenTypeOf(document) !== 'APP_USER') return named
  const { locationId, evseUid } = placeOf(document)
  return here
    .filter(({ seq }) => seq <= object.createdSeq)
    .filter((charge) => same(charge.locationId, locationId) && same(charge.evseUid, evseUid))
    .toSorted((a, b) => b.seq - a.seq)[0]
}

const sessionKeyOf = ({ key, document }: StoredObject): string | null => {
  if (key.kind === 'session') return key.id
  const id = text(document.session_id)
  return id === null ? null : sessionKey(key, id).id
}

/** The first moment that the database takes in this form: it has no year 0. */
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z')

/** When a charge began that nobody asked for: as its partner says where that is a moment, else when it came. */
const beganAt = ({ document, lastUpdated }: StoredObject): string => {
  const start = parseDateTime(text(document.start_date_time) ?? '')?.epochMs
  return start === undefined || start < FIRST_MS ? lastUpdated : new Date(start).toISOString()
}

const newCharge = (driverId: string, object: StoredObject, session: string | null): DriverCharge => {
  const { key, document } = object
  const party = { countryCode: key.countryCode, partyId: key.partyId }
  const isSession = key.kind === 'session'
  return {
    id: idOf(session === null ? 'cdr' : 'session', key.countryCode, key.partyId, session ?? key.id),
    driverId,
    seq: object.createdSeq,
    means: tokenTypeOf(document) === 'APP_USER' ? 'app' : 'card',
    party,
    ...{ locationId: null, evseUid: null, connectorId: null, requestKey: null },
    authorizationReference: text(document.authorization_reference),
    ...{ wish: null, quote: null, failure: null, stop: null, stopCommandId: null, preferences: null },
    sessionKey: session,
    cdrKey: session === null ? key.id : null,
    sharesClock: isSession ? sharesClockOf(document) : null,
    isOpen: isSession && document.status !== 'COMPLETED' && document.status !== 'INVALID',
    askedAt: beganAt(object),
  }
}

/** Decides to which charge each session or CDR of a driver belongs; objects in the order in which they came. */
export const planAdoption = (
  driverId: string,
  objects: readonly StoredObject[],
  waiting: readonly Waiting[],
): Adoption => {
  const links: Adoption['links'][number][] = []
  const adopted = new Map<string, DriverCharge>()
  const linked = new Set<string>()
  const sessions = objects.filter(({ key }) => key.kind === 'session')
  const cdrs = objects.filter(({ key }) => key.kind !== 'session')
  for (const object of [...sessions, ...cdrs]) {
    const session = sessionKeyOf(object)
    const known = `${object.key.countryCode}/${object.key.partyId}/${session}`
    if (session !== null && linked.has(known)) continue
    const start = startOf(
      object,
      waiting.filter(({ id }) => !links.some(({ chargeId }) => chargeId === id)),
    )
    linked.add(known)
    const sharesClock = object.key.kind === 'session' ? sharesClockOf(object.document) : null
    // NOTE: a CDR without a session that names the reference of a start is found by it later, too.
    if (start !== undefined && session !== null)
      links.push({ chargeId: start.id, sessionKey: session, sharesClock })
    else if (start === undefined) {
      const charge = newCharge(driverId, object, session)
      adopted.set(charge.id, charge)
    }
  }
  return { links, adopted: [...adopted.values()] }
}
