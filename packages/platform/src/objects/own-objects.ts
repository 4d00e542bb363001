import {
  checkDocument,
  type DocumentName,
  type Finding,
  foldCase,
  formatDateTime,
  type PartyId,
  type PartyObjectKind,
  parseDateTime,
  parseDocument,
  type Schema,
  schemaOf,
  type VersionId,
} from '@interwatt/protocol'
import type { Document, ObjectKey } from '@interwatt/store'
import { asDocument } from '../modules/serving.js'
import { type Problem, problem, type Result } from '../services.js'

const NOT_OURS =
  'Only objects of a party this node hosts can be written; received ones belong to their partner.'

/** Key of an object that a party owns, perhaps one of ours. */
export type OwnKey = ObjectKey & { readonly kind: PartyObjectKind }

/** The problem of a write to an object of nobody hosted here. */
export const notOurs = (): Problem => problem(403, 'Not an own object', NOT_OURS)

const errorsOf = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter((finding) => finding.severity === 'error')

/** The problem of a document with these findings. */
export const invalid = (findings: readonly Finding[]): Problem =>
  problem(
    422,
    'The document is not valid',
    findings
      .map((finding) => `${finding.pointer} ${finding.message}`)
      .slice(0, 5)
      .join('; '),
    findings,
  )

/** Our own times always leave with `Z` (TYP-022): a time written without zone is UTC. */
const withZone = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  const parsed = parseDateTime(value)
  return parsed === undefined || value.endsWith('Z') ? value : formatDateTime(parsed.epochMs, 3)
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?$/

const zoned = (value: unknown): unknown => {
  if (typeof value === 'string') return ISO_TIME.test(value) ? withZone(value) : value
  if (Array.isArray(value)) return value.map(zoned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([field, entry]) => [field, zoned(entry)]))
}

/** The identity fields that the address already says, so that a back end need not repeat them. */
export interface Address {
  readonly party: PartyId
  readonly idField: 'id' | 'uid' | 'terminal_id'
  readonly id: string
  /** Objects inside a location carry no party. */
  readonly withParty: boolean
  readonly type?: string
}

const contradiction = (body: Document, address: Address): string | undefined => {
  const checks: [string, string][] = [[address.idField, address.id]]
  if (address.withParty)
    checks.push(['country_code', address.party.countryCode], ['party_id', address.party.partyId])
  const wrong = checks.find(
    ([field, expected]) => typeof body[field] === 'string' && foldCase(body[field]) !== foldCase(expected),
  )
  return wrong && `/${wrong[0]} is "${String(body[wrong[0]])}" but the address says "${wrong[1]}".`
}

/** Names that only newer versions have: what the address says is not kept as an unknown field of an older document. */
const withoutOwner = (body: Document): Document => {
  const { country_code: _country, party_id: _party, ...rest } = body
  return rest
}

const filled = (body: Document, address: Address, lastUpdated: string, fields: object): Document => {
  const named = address.withParty && Object.hasOwn(fields, 'party_id')
  const party = { country_code: address.party.countryCode, party_id: address.party.partyId }
  return {
    ...(named ? party : {}),
    [address.idField]: address.id,
    ...(address.type === undefined ? {} : { type: address.type }),
    last_updated: lastUpdated,
    ...(address.withParty && !named ? withoutOwner(body) : body),
  }
}

/** Fields of a document; older versions leave the owner to the address. */
const fieldsOf = (schema: Schema): object => (schema.kind === 'object' ? schema.fields : {})

const stamped = (value: unknown, lastUpdated: string): unknown =>
  Array.isArray(value) ? value.map((entry) => ({ last_updated: lastUpdated, ...asDocument(entry) })) : value

/** EVSEs and connectors of a whole location, and calendars, may leave out `last_updated` too. */
const withNestedStamps = (document: Document, lastUpdated: string): Document => {
  const connectors = 'connectors' in document ? { connectors: stamped(document.connectors, lastUpdated) } : {}
  const calendars = 'calendars' in document ? { calendars: stamped(document.calendars, lastUpdated) } : {}
  if (!Array.isArray(document.evses)) return { ...document, ...connectors, ...calendars }
  const evses = document.evses.map((evse) =>
    withNestedStamps({ last_updated: lastUpdated, ...asDocument(evse) }, lastUpdated),
  )
  return { ...document, ...connectors, evses }
}

const withNestedCalendars = (document: Document, lastUpdated: string): Document =>
  'calendars' in document ? { ...document, calendars: stamped(document.calendars, lastUpdated) } : document

/**
 * Checks an own object as strictly as it will be sent, after filling in what the address says and, where the back end
 * leaves it out, `last_updated`. Unlike a partner's object nothing is repaired silently.
 */
export const readOwn = (
  name: DocumentName,
  version: VersionId,
  body: unknown,
  address: Address,
  nowIso: string,
): Result<Document> => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return problem(400, 'Not an object', 'The body is a JSON object.')
  const given = asDocument(body)
  const wrong = contradiction(given, address)
  if (wrong !== undefined) return problem(422, 'Body and address differ', wrong)
  const schema = schemaOf(version, name)
  if (!schema) return problem(404, 'Not in this version', `${name} is not part of OCPI ${version}.`)
  const parsed = parseDocument(
    schema,
    withNestedStamps(filled(given, address, nowIso, fieldsOf(schema)), nowIso),
    'whole',
  )
  if (!parsed.ok) return invalid(parsed.findings)
  const document = asDocument(zoned(parsed.value))
  const strict = errorsOf(checkDocument(schema, document, 'whole'))
  return strict.length > 0 ? invalid(strict) : { kind: 'done', value: document }
}

/** Checks a partial change of an own object; `last_updated` is filled in. */
export const readOwnPatch = (
  name: DocumentName,
  version: VersionId,
  body: unknown,
  nowIso: string,
): Result<Document> => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return problem(400, 'Not an object', 'The body is a JSON object.')
  const schema = schemaOf(version, name)
  if (!schema) return problem(404, 'Not in this version', `${name} is not part of OCPI ${version}.`)
  const stamped = withNestedCalendars({ last_updated: nowIso, ...asDocument(body) }, nowIso)
  const parsed = parseDocument(schema, stamped, 'patch')
  return parsed.ok ? { kind: 'done', value: asDocument(zoned(parsed.value)) } : invalid(parsed.findings)
}

/** NOTE: keys escape single characters below U+0100, which is not what URLs do. */
const unescaped = (_escape: string, code: string): string => String.fromCharCode(Number.parseInt(code, 16))

/** The id a key was made of, in the folded spelling of keys; the parts of an EVSE or token key come apart. */
export const keySegments = (key: ObjectKey): readonly string[] =>
  key.id.split('/').map((segment) => segment.replace(/%([0-9A-F]{2})/g, unescaped))

/** Kinds whose documents do not say whose they are. */
const ownerless: readonly ObjectKey['kind'][] = ['evse', 'terminal', 'financial_advice_confirmation']

const idFieldOf = (kind: ObjectKey['kind']): Address['idField'] => {
  if (kind === 'terminal') return 'terminal_id'
  return kind === 'token' || kind === 'evse' ? 'uid' : 'id'
}

/** Names of a stored kind in OCPI documents. */
export const addressOf = (key: ObjectKey, id: string, type?: string): Address => ({
  party: key,
  idField: idFieldOf(key.kind),
  id,
  withParty: !ownerless.includes(key.kind),
  ...(type === undefined ? {} : { type }),
})
