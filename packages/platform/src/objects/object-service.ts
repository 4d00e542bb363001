import {
  canonicalVersion,
  type Finding,
  lower,
  type ModuleId,
  type ObjectKind,
  type PartyId,
  sameParty,
  type VersionId,
} from '@interwatt/protocol'
import {
  cdrKey,
  evseKey,
  locationKey,
  type ObjectKey,
  type ObjectLookup,
  type ObjectStore,
  type StoredObject,
  sessionKey,
  tariffKey,
  tokenKey,
} from '@interwatt/store'
import type { Directory } from '../directory/partner-directory.js'
import { moduleRoles } from '../modules/access.rules.js'
import { planCdr } from '../modules/cdrs/handlers.js'
import { type Origin, readIncoming } from '../modules/incoming.js'
import { planPatchConnector, planPutConnector } from '../modules/locations/plan-connector.js'
import { planPatchLocation, planPutEvse, splitLocation } from '../modules/locations/plan-location.js'
import { type Planned, planDelete, planPatch, planPut, type Verdict } from '../modules/plan-write.js'
import { asDocument, serveText } from '../modules/serving.js'
import type { ObjectService, Problem, Result } from '../services.js'
import { addressOf, invalid, keySegments, notOurs, readOwn, readOwnPatch, refuse } from './own-objects.js'
import {
  keepCompleted,
  keepConnectorTimes,
  planPutOwnLocation,
  planRetireLocation,
  planSetFields,
} from './plan-own.js'

export interface ObjectServiceDeps {
  readonly objects: ObjectStore
  readonly lookup: ObjectLookup
  readonly directory: Directory
  readonly now: () => number
  /** Sends preferences for a received session to its CPO. */
  sendPreferences(session: StoredObject, preferences: unknown): Promise<Result<{ response: string }>>
}

const MODULE_OF: Readonly<Record<ObjectKind, Exclude<ModuleId, 'credentials' | 'commands'>>> = {
  location: 'locations',
  evse: 'locations',
  tariff: 'tariffs',
  token: 'tokens',
  session: 'sessions',
  cdr: 'cdrs',
}

type Write = {
  readonly reads: readonly ObjectKey[]
  readonly evsesOf?: readonly ObjectKey[]
  plan(read: Parameters<typeof planPut>[2]): Planned
}

const parentOf = (key: ObjectKey): ObjectKey => locationKey(key, keySegments(key)[0] ?? '')

const verdictProblem = (verdict: Exclude<Verdict, { kind: 'created' | 'updated' }>): Problem => {
  switch (verdict.kind) {
    case 'stale':
      return refuse(
        409,
        'Older than what is stored',
        'last_updated is before the stored one; leave it out to have it set.',
      )
    case 'unknown_object':
      return refuse(404, 'No such object', 'Create it with PUT first.')
    case 'unknown_parent':
      return refuse(404, 'No such location or EVSE', 'Create the location with PUT first.')
    case 'conflict':
      return refuse(409, 'It never changes any more', verdict.reason)
    case 'invalid':
      return invalid(verdict.findings)
  }
}

/** Own and received objects for the operator API (design 8.3). */
export const createObjectService = (deps: ObjectServiceDeps): ObjectService => {
  const isOurs = (key: ObjectKey): boolean => {
    const { owners } = moduleRoles[MODULE_OF[key.kind]]
    return deps.directory
      .hosted()
      .some((hosted) => sameParty(hosted.party, key) && hosted.roles.some((role) => owners.includes(role)))
  }
  const originIn = (version: VersionId): Origin => ({ version, receivedFrom: null, nowMs: deps.now() })
  const nowIso = (): string => new Date(deps.now()).toISOString()

  const commit = async (
    key: ObjectKey,
    write: Write,
  ): Promise<Result<{ created: boolean; object: StoredObject }>> => {
    const { result } = await deps.objects.write(write)
    if (result.kind !== 'created' && result.kind !== 'updated') return verdictProblem(result)
    const object = key.kind === 'location' ? await deps.objects.getLocation(key) : await deps.objects.get(key)
    if (!object) throw new Error(`An object that was just written cannot be read: ${key.kind} ${key.id}`)
    return { kind: 'done', value: { created: result.kind === 'created', object } }
  }

  const writeOf = (key: ObjectKey, body: unknown, version: VersionId): Result<Write> => {
    const at = nowIso()
    const segments = keySegments(key)
    const address =
      key.kind === 'token'
        ? addressOf(key, segments[0] ?? '', segments[1])
        : addressOf(key, segments.at(-1) ?? '')
    const read = readOwn(key.kind, version, body, address, at)
    if (read.kind === 'problem') return read
    const origin = originIn(version)
    if (key.kind === 'location') {
      const split = splitLocation(key, segments[0] ?? '', read.value, origin)
      const reads = [key, ...split.evses.map((evse) => evse.key)]
      return {
        kind: 'done',
        value: { reads, evsesOf: [key], plan: (set) => planPutOwnLocation(key, split, at, set) },
      }
    }
    const incoming = readIncoming(key.kind, read.value, origin)
    if (key.kind === 'evse') {
      const parent = parentOf(key)
      const plan: Write['plan'] = (set) =>
        planPutEvse(key, parent, keepConnectorTimes(incoming, set.get(key), at), set)
      return { kind: 'done', value: { reads: [parent, key], plan } }
    }
    const plan: Write['plan'] = (set) => {
      if (key.kind === 'cdr') return planCdr(key, incoming, set)
      const planned = planPut(key, incoming, set)
      return key.kind === 'session' ? keepCompleted(key, planned, set) : planned
    }
    return { kind: 'done', value: { reads: [key], plan } }
  }

  const put: ObjectService['put'] = async (key, body, version) => {
    if (!isOurs(key)) return notOurs()
    const write = writeOf(key, body, version)
    return write.kind === 'problem' ? write : commit(key, write.value)
  }

  return {
    put,
    async patch(key, body, version) {
      if (!isOurs(key)) return notOurs()
      if (key.kind === 'cdr') return refuse(405, 'A CDR never changes', 'Correct it with a credit CDR.')
      const change = readOwnPatch(key.kind, version, body, nowIso())
      if (change.kind === 'problem') return change
      const origin = originIn(version)
      const { kind } = key
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
      const origin = originIn(canonicalVersion.id)
      const at = nowIso()
      switch (key.kind) {
        case 'tariff':
          if (await deps.lookup.tariffInUse(key, keySegments(key)[0] ?? '')) {
            return refuse(
              409,
              'The tariff is in use',
              'A connector still lists it in tariff_ids; change that first (TAR-013).',
            )
          }
          return commit(key, { reads: [key], plan: (set) => planDelete(key, at, set) })
        case 'location':
          return commit(key, {
            reads: [key],
            evsesOf: [key],
            plan: (set) => planRetireLocation(key, origin, at, set),
          })
        case 'evse':
          return commit(key, {
            reads: [key],
            plan: (set) => planSetFields(key, { status: 'REMOVED' }, origin, at, set),
          })
        case 'token':
          return commit(key, {
            reads: [key],
            plan: (set) => planSetFields(key, { valid: false }, origin, at, set),
          })
        default:
          return refuse(405, 'Never deleted', 'Sessions and CDRs stay; correct a CDR with a credit CDR.')
      }
    },
    async putConnector(key, connectorId, body, version) {
      if (!isOurs(key)) return notOurs()
      const address = { party: key, idField: 'id' as const, id: connectorId, withParty: false }
      const read = readOwn('connector', version, body, address, nowIso())
      if (read.kind === 'problem') return read
      return commit(key, {
        reads: [key],
        plan: (set) => planPutConnector(key, read.value, originIn(version), set),
      })
    },
    async patchConnector(key, connectorId, body, version) {
      if (!isOurs(key)) return notOurs()
      const change = readOwnPatch('connector', version, body, nowIso())
      if (change.kind === 'problem') return change
      return commit(key, {
        reads: [key],
        plan: (set) => planPatchConnector(key, connectorId, change.value, originIn(version), set),
      })
    },
    async get(key, version) {
      const object =
        key.kind === 'location' ? await deps.objects.getLocation(key) : await deps.objects.get(key)
      if (!object) return undefined
      const unmapped = object.versionIn === version ? (object.unmapped ?? undefined) : undefined
      const lowered = lower(key.kind, version, object.document, 'whole', unmapped)
      return {
        object,
        document: lowered.kind === 'document' ? asDocument(lowered.document) : object.document,
      }
    },
    async page(query, version) {
      const page = await deps.objects.page(query)
      const texts = page.items.map((item) => serveText(query.kind, version, item) ?? item.text)
      return { page, texts }
    },
    async setChargingPreferences(key, preferences) {
      const session = await deps.objects.get(key)
      if (!session || session.receivedFrom === null)
        return refuse(
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
    kind: ObjectKind,
    party: PartyId,
    body: unknown,
    version: VersionId,
  ): Promise<BulkOutcome> {
    const key = typeof body === 'object' && body !== null ? keyFor(kind, party, asDocument(body)) : undefined
    const refusal = (problem: Problem): BulkOutcome => ({
      kind: 'refused',
      findings: problem.findings ?? [
        { pointer: '', code: 'rule_broken', message: problem.detail, rule: problem.title, severity: 'error' },
      ],
    })
    if (!key) return refusal(refuse(400, 'Not an object', 'Each entry is a JSON object with its id.'))
    if (!isOurs(key)) return refusal(notOurs())
    const write = writeOf(key, body, version)
    if (write.kind === 'problem') return refusal(write)
    const { result, changed } = await deps.objects.write(write.value)
    if (result.kind === 'created') return { kind: 'created' }
    if (result.kind === 'updated') return { kind: changed.length > 0 ? 'updated' : 'unchanged' }
    return refusal(verdictProblem(result))
  }
}

const KEY_OF = { location: locationKey, tariff: tariffKey, session: sessionKey, cdr: cdrKey } as const

/** The key an own document in a list would get; undefined when it has no id. */
const keyFor = (
  kind: ObjectKind,
  party: PartyId,
  body: { readonly [field: string]: unknown },
): ObjectKey | undefined => {
  if (kind === 'token')
    return typeof body.uid === 'string'
      ? tokenKey(party, body.uid, typeof body.type === 'string' ? body.type : 'RFID')
      : undefined
  if (kind === 'evse' || typeof body.id !== 'string') return undefined
  return KEY_OF[kind](party, body.id)
}
