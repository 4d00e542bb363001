import {
  type CrossingFacts,
  type Finding,
  isJsonObject,
  type PartyId,
  type PartyObjectKind,
  sameParty,
  type VersionId,
} from '@interwatt/protocol'
import {
  type BookingStore,
  type Document,
  evseKey,
  liftingFacts,
  loweringFacts,
  type ObjectKey,
  type ObjectLookup,
  type ObjectStore,
  type StoredObject,
  type TariffHistory,
  type TariffState,
} from '@interwatt/store'
import type { HubClients } from '../directory/hub-clients.js'
import type { Directory } from '../directory/partner-directory.js'
import { moduleOf, moduleRoles } from '../modules/access.rules.js'
import type { Origin } from '../modules/incoming.js'
import { planPatchConnector, planPutConnector } from '../modules/locations/plan-connector.js'
import { planPatchLocation } from '../modules/locations/plan-location.js'
import { planPatch, type Verdict } from '../modules/plan-write.js'
import { asDocument, factsOfPage, serve, serveText } from '../modules/serving.js'
import {
  type ObjectService,
  type Problem,
  problem,
  type Result,
  type ShownTariffState,
  type TerminalService,
  type Written,
} from '../services.js'
import { type AddressedObjects, isAddressed } from './addressed-objects.js'
import { heldOf, publishable } from './own-booking-location.js'
import { invalid, keySegments, notOurs, type OwnKey, readOwn, readOwnPatch } from './own-objects.js'
import { keyOfOwn, type OwnWrite, ownOrigin, putOwn, withdrawOwn } from './own-write.js'
import { keepCompleted } from './plan-own.js'
import { showIn, showTo } from './show-object.js'

export interface ObjectServiceDeps {
  readonly objects: ObjectStore
  readonly lookup: ObjectLookup
  readonly history: TariffHistory
  /** What an object that was just written breaks together with others; it is stored all the same. */
  findingsOf(object: StoredObject): Promise<readonly Finding[]>
  readonly addressed: AddressedObjects
  readonly terminals: Pick<TerminalService, 'propose'>
  readonly directory: Directory
  readonly hubClients: Pick<HubClients, 'of'>
  readonly now: () => number
  readonly bookings: BookingStore
  /** Told of every own session that was written: a booking is fulfilled by it (BKG-050). */
  onOwnSession(session: Document): Promise<void>
  /** Told of every own CDR that was written (PAY-026). */
  onOwnCdr(cdr: StoredObject): Promise<void>
  /** Sends preferences for a received session to its CPO. */
  sendPreferences(session: StoredObject, preferences: unknown): Promise<Result<{ response: string }>>
}

const verdictProblem = (verdict: Exclude<Verdict, { kind: 'created' | 'updated' }>): Problem => {
  switch (verdict.kind) {
    case 'stale':
      return problem(
        409,
        'Older than what is stored',
        'last_updated is before the stored one; leave it out to have it set.',
      )
    case 'unknown_object':
      return problem(404, 'No such object', 'Create it with PUT first.')
    case 'unknown_parent':
      return problem(404, 'No such location or EVSE', 'Create the location with PUT first.')
    case 'conflict':
      return problem(409, 'It never changes any more', verdict.reason)
    case 'invalid':
      return invalid(verdict.findings)
  }
}

/** Whether the last change of an own session can be its begin under a booking: meter values are not looked at. */
const mayFulfil = ({ key, changedFields }: StoredObject): boolean =>
  key.kind === 'session' &&
  (changedFields === null ||
    changedFields.includes('status') ||
    changedFields.includes('authorization_reference'))

const madeByRequest = (): Problem =>
  problem(
    405,
    'Bookings come from requests',
    'Decide on a booking, assign to it or cancel it; see the reference.',
  )

/** An own CDR under the reference of an own booking names it, also when its writer did not (BKG-057). */
const withBooking = async (bookings: BookingStore, party: PartyId, body: unknown): Promise<unknown> => {
  if (!isJsonObject(body) || body.booking_id !== undefined) return body
  const { authorization_reference: reference } = body
  if (typeof reference !== 'string') return body
  const [booking] = await bookings.byReference(party, reference)
  return booking === undefined ? body : { ...body, booking_id: booking.document.id }
}

/** A state of a tariff in a version; what the version needs to know besides is what is known now. */
const shownState = async (
  deps: Pick<ObjectServiceDeps, 'objects' | 'now'>,
  {
    key,
    state,
    version,
  }: { readonly key: ObjectKey; readonly state: TariffState; readonly version: VersionId },
): Promise<ShownTariffState> => {
  const facts = await loweringFacts(deps.objects, version, [{ key, document: state.document }], deps.now())
  const served = serve('tariff', version, state, facts({ key, document: state.document }))
  const { document: _stored, unmapped: _unmapped, ...shown } = state
  return served.kind === 'document'
    ? { ...shown, document: served.document }
    : { ...shown, withheld: served.reason }
}

/** Own and received objects for the operator API (design 8.3). */
export const createObjectService = (deps: ObjectServiceDeps): ObjectService => {
  const isOurs = (key: ObjectKey): key is OwnKey => {
    if (key.kind === 'client_info') return false
    const { owners } = moduleRoles[moduleOf[key.kind]]
    return deps.directory
      .hosted()
      .some((hosted) => sameParty(hosted.party, key) && hosted.roles.some((role) => owners.includes(role)))
  }
  /** What a body leaves to its address, and the tokens it names by contract alone. */
  const factsOf = (key: ObjectKey, body: unknown, version: VersionId): Promise<CrossingFacts> =>
    liftingFacts(deps.lookup, version, isJsonObject(body) ? [body] : [], { owner: key })
  const originIn = async (version: VersionId, key: ObjectKey, body: unknown): Promise<Origin> =>
    ownOrigin(version, deps.now(), await factsOf(key, body, version))
  const nowIso = (): string => new Date(deps.now()).toISOString()

  /** A whole own object, ready to be stored; what belongs to bookings is looked up first. */
  const ownWrite = async (key: OwnKey, body: unknown, version: VersionId): Promise<Result<OwnWrite>> => {
    if (key.kind === 'booking') return madeByRequest()
    if (isAddressed(key)) return deps.addressed.put(key, body, version)
    const whole = key.kind === 'cdr' ? await withBooking(deps.bookings, key, body) : body
    const write = putOwn(key, whole, version, {
      nowMs: deps.now(),
      facts: await factsOf(key, whole, version),
    })
    if (write.kind === 'problem' || key.kind !== 'booking_location') return write
    return { kind: 'done', value: await published(key, write.value) }
  }

  const published = async (key: ObjectKey, write: OwnWrite): Promise<OwnWrite> => {
    const held = await heldOf(deps.bookings, key, nowIso())
    return { ...write, plan: (set) => publishable(write.plan(set), held) }
  }

  const commit = async (key: ObjectKey, write: OwnWrite): Promise<Result<Written>> => {
    const { result, changed } = await deps.objects.write(write)
    if (result.kind !== 'created' && result.kind !== 'updated') return verdictProblem(result)
    const object = key.kind === 'location' ? await deps.objects.getLocation(key) : await deps.objects.get(key)
    if (!object) throw new Error(`An object that was just written cannot be read: ${key.kind} ${key.id}`)
    if (changed.length > 0 && mayFulfil(object)) await deps.onOwnSession(object.document)
    if (changed.length > 0 && key.kind === 'cdr') await deps.onOwnCdr(object)
    const findings = await deps.findingsOf(object)
    return { kind: 'done', value: { created: result.kind === 'created', object, findings } }
  }

  /** A terminal of a provider is its provider's; what we write is a proposal (PAY-001). */
  const notWritten = (
    key: ObjectKey,
    form: 'whole' | 'patch',
    body: unknown,
    version: VersionId,
  ): Promise<Result<Written>> | Problem =>
    key.kind === 'terminal' ? deps.terminals.propose(key, form, body, version) : notOurs()

  const put: ObjectService['put'] = async (key, body, version) => {
    if (!isOurs(key)) return notWritten(key, 'whole', body, version)
    const write = await ownWrite(key, body, version)
    return write.kind === 'problem' ? write : commit(key, write.value)
  }

  return {
    put,
    async patch(key, body, version) {
      if (!isOurs(key)) return notWritten(key, 'patch', body, version)
      if (key.kind === 'cdr') return problem(405, 'A CDR never changes', 'Correct it with a credit CDR.')
      if (key.kind === 'financial_advice_confirmation' || key.kind === 'invoice_reconciliation_record')
        return problem(405, 'Only as a whole', 'Its module has no PATCH; replace it with PUT.')
      const change = readOwnPatch(key.kind, version, body, nowIso())
      if (change.kind === 'problem') return change
      const origin = await originIn(version, key, change.value)
      const { kind } = key
      if (kind === 'booking') return madeByRequest()
      if (kind === 'booking_location') {
        const plan: OwnWrite['plan'] = (set) => planPatch(kind, key, change.value, origin, set)
        return commit(key, await published(key, { reads: [key], plan }))
      }
      const evses = kind === 'location' && Array.isArray(change.value.evses) ? change.value.evses : []
      const locationId = keySegments(key)[0] ?? ''
      return commit(key, {
        reads: [key, ...evses.map((evse) => evseKey(key, locationId, String(asDocument(evse).uid)))],
        plan: (set) => {
          if (kind === 'location') return planPatchLocation(key, locationId, change.value, origin, set)
          const planned = planPatch(kind, key, change.value, origin, set)
          return kind === 'session' ? keepCompleted(key, planned, set) : planned
        },
      })
    },
    async remove(key) {
      if (!isOurs(key)) return notOurs()
      if (key.kind === 'tariff' && (await deps.lookup.tariffInUse(key, keySegments(key)[0] ?? ''))) {
        return problem(
          409,
          'The tariff is in use',
          'A connector still lists it in tariff_ids; change that first (TAR-013).',
        )
      }
      const write = withdrawOwn(key, deps.now())
      return write.kind === 'problem' ? write : commit(key, write.value)
    },
    async putConnector(key, connectorId, body, version) {
      if (!isOurs(key)) return notOurs()
      const address = { party: key, idField: 'id' as const, id: connectorId, withParty: false }
      const read = readOwn('connector', version, body, address, nowIso())
      if (read.kind === 'problem') return read
      const origin = await originIn(version, key, read.value)
      return commit(key, {
        reads: [key],
        plan: (set) => planPutConnector(key, read.value, origin, set),
      })
    },
    async patchConnector(key, connectorId, body, version) {
      if (!isOurs(key)) return notOurs()
      const change = readOwnPatch('connector', version, body, nowIso())
      if (change.kind === 'problem') return change
      const origin = await originIn(version, key, change.value)
      return commit(key, {
        reads: [key],
        plan: (set) => planPatchConnector(key, connectorId, change.value, origin, set),
      })
    },
    async get(key, as) {
      const object =
        key.kind === 'location' ? await deps.objects.getLocation(key) : await deps.objects.get(key)
      if (!object) return undefined
      return 'partnerId' in as
        ? showTo(deps, as.partnerId, object)
        : { kind: 'done', value: await showIn(deps, as.version, object) }
    },
    async tariffStates(key, query, version) {
      const states = await deps.history.list(key, query)
      return Promise.all(states.map((state) => shownState(deps, { key, state, version })))
    },
    async tariffAt(key, time, version) {
      const state = await deps.history.at(key, time)
      return state && shownState(deps, { key, state, version })
    },
    async page(query, version) {
      const page = await deps.objects.page(query)
      const facts = await factsOfPage(deps.objects, version, page.items, deps.now())
      const texts = page.items.map((item) => serveText(query.kind, version, item, facts) ?? item.text)
      return { page, texts }
    },
    async setChargingPreferences(key, preferences) {
      const session = await deps.objects.get(key)
      if (!session || session.receivedFrom === null)
        return problem(
          404,
          'No such received session',
          'Preferences are for sessions of our drivers at a partner.',
        )
      return deps.sendPreferences(session, preferences)
    },
    async putMany(kind, party, bodies, version) {
      const outcomes = await Promise.all(bodies.map((body) => putOne(kind, party, body, version)))
      const refused = outcomes.flatMap((outcome, index) =>
        outcome.kind === 'refused' ? [{ index, findings: outcome.findings }] : [],
      )
      const count = (wanted: string): number => outcomes.filter((outcome) => outcome.kind === wanted).length
      return { created: count('created'), updated: count('updated'), unchanged: count('unchanged'), refused }
    },
  }

  type BulkOutcome =
    | { readonly kind: 'created' | 'updated' | 'unchanged' }
    | { readonly kind: 'refused'; readonly findings: readonly Finding[] }

  async function putOne(
    kind: PartyObjectKind,
    party: PartyId,
    body: unknown,
    version: VersionId,
  ): Promise<BulkOutcome> {
    const own = isJsonObject(body) ? keyOfOwn(kind, party, body) : undefined
    // NOTE: who else an addressed object is for has to be looked up; they come one by one.
    const key = own && isAddressed(own) ? undefined : own
    const refusal = ({ title, detail, findings }: Problem): BulkOutcome => ({
      kind: 'refused',
      findings: findings ?? [
        { pointer: '', code: 'rule_broken', message: detail, rule: title, severity: 'error' },
      ],
    })
    if (!key) return refusal(problem(400, 'Not an object', 'Each entry is a JSON object with its id.'))
    if (!isOurs(key)) return refusal(notOurs())
    const write = await ownWrite(key, body, version)
    if (write.kind === 'problem') return refusal(write)
    const { result, changed } = await deps.objects.write(write.value)
    const told = (kind === 'session' || kind === 'cdr') && changed.length > 0
    const stored = told ? await deps.objects.get(key) : undefined
    if (stored && mayFulfil(stored)) await deps.onOwnSession(stored.document)
    if (stored && kind === 'cdr') await deps.onOwnCdr(stored)
    if (result.kind === 'created') return { kind: 'created' }
    if (result.kind === 'updated') return { kind: changed.length > 0 ? 'updated' : 'unchanged' }
    return refusal(verdictProblem(result))
  }
}
