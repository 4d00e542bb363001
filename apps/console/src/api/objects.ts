import { type Doc, doc, listOf, number, optional, type Read, shape, text } from './reading.js'
import { address, ask, open, type Query } from './request.js'

/** Collections of OCPI objects that have pages. */
export type Collection = 'locations' | 'sessions' | 'cdrs' | 'tariffs' | 'tokens'

const checkFact = shape({
  outcome: optional(text),
  difference: optional(shape({ before_taxes: optional(number), after_taxes: optional(number) })),
  state: text,
  findings: listOf(text),
})
/** What a list says of the check of a CDR. */
export type CheckFact = Read<typeof checkFact>

const fact = shape({ received_from: optional(text), version_in: text, check: optional(checkFact) })
/** Who sent an object, and in which version; null for own ones. */
export type Fact = Read<typeof fact>

const page = shape({ items: listOf(doc), total: number, next: optional(text), facts: listOf(fact) })

/** One row of a list: the document and where it came from. */
export interface Row {
  readonly document: Doc
  readonly receivedFrom: string | null
  readonly versionIn: string
  /** What the check of a CDR found; null for other objects. */
  readonly check: CheckFact | null
}

/** A part of a list. */
export interface Page {
  readonly rows: readonly Row[]
  readonly total: number
  readonly next: string | null
}

/** A part of a collection, as the API filters and pages it. */
export const getPage = async (collection: Collection, query: Query, signal?: AbortSignal): Promise<Page> => {
  const path = address([collection], { ...query, facts: true })
  const { items, total, next, facts } = await ask(path, page, signal === undefined ? {} : { signal })
  const rows = items.map((document, index) => ({
    document,
    receivedFrom: facts[index]?.received_from ?? null,
    versionIn: facts[index]?.version_in ?? '',
    check: facts[index]?.check ?? null,
  }))
  return { rows, total, next }
}

/** The address of one object. */
export interface ObjectAddress {
  readonly collection: Collection
  readonly countryCode: string
  readonly partyId: string
  readonly id: string
  /** Type of a token, which belongs to its identity. */
  readonly type?: string
}

const segmentsOf = ({ collection, countryCode, partyId, id }: ObjectAddress): readonly string[] => [
  collection,
  countryCode,
  partyId,
  id,
]

/** An object with the facts about it. */
export interface FoundObject {
  readonly document: Doc
  readonly receivedFrom: string | null
  readonly versionIn: string
  readonly deletedAt: string | null
}

/** One object in canonical shape; throws `ApiFailure` with 404 when it is not known. */
export const getObject = async (where: ObjectAddress): Promise<FoundObject> => {
  const { headers, ...answer } = await openJson(address(segmentsOf(where), { type: where.type }))
  return {
    document: doc(answer.body, ''),
    receivedFrom: headers.get('x-interwatt-received-from'),
    versionIn: headers.get('x-interwatt-version-in') ?? '',
    deletedAt: headers.get('x-interwatt-deleted-at'),
  }
}

const openJson = async (path: string): Promise<{ headers: Headers; body: unknown }> => {
  const answer = await open(path)
  return { headers: answer.headers, body: await answer.json() }
}

const loss = shape({ pointer: text, reason: text, severity: text })
const shown = shape({
  version: text,
  document: optional(doc),
  withheld: optional(text),
  losses: listOf(loss),
})
/** An object as a partner is sent it: the document, or why it is withheld, and every loss. */
export type Shown = Read<typeof shown>

/** An object in the version of a partner, or in a version by name. */
export const getShown = (
  where: ObjectAddress,
  as: { readonly partner: string } | { readonly version: string },
): Promise<Shown> => ask(address(segmentsOf(where), { type: where.type, ...as, losses: true }), shown)
