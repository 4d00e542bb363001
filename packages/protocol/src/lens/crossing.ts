import type { DocumentName } from '../contract/endpoint.js'
import { contentEquals, isJsonObject, type JsonObject } from '../json/json-object.js'
import type { VersionId } from '../versions/version.js'
import type { CrossingFacts } from './facts.js'
import { type Crossing, type Form, GONE, type Lens, type Loss, note, startCrossing } from './lens.js'
import { climb, descend } from './passage.js'
import { between, restore } from './remainder.js'
import { v211ToV221 } from './v211-v221.js'
import { v221ToV230 } from './v221-v230.js'

/** A document in canonical shape, and what is needed to give back exactly what was sent. */
export interface Lifted {
  readonly document: JsonObject
  /** Null when lowering the document gives back what was sent; else opaque, for `lower` of the same version. */
  readonly unmapped: unknown
  readonly losses: readonly Loss[]
}

/** A document in a partner's version, or why that version cannot hold it. */
export type Lowered =
  | { readonly kind: 'document'; readonly document: JsonObject; readonly losses: readonly Loss[] }
  | { readonly kind: 'withheld'; readonly reason: string; readonly losses: readonly Loss[] }

/** Lenses between neighbours, oldest first: `lenses` lead from `older` to the next entry's `older`, or to `newest`. */
const neighbours: readonly {
  readonly older: VersionId
  readonly lenses: Readonly<Record<DocumentName, Lens>>
}[] = [
  { older: '2.1.1', lenses: v211ToV221 },
  { older: '2.2.1', lenses: v221ToV230 },
]

const newest: VersionId = '2.3.0'

/** Two neighbouring versions and the lens of every document between them. */
export interface Pair {
  readonly older: VersionId
  readonly newer: VersionId
  readonly lenses: Readonly<Record<DocumentName, Lens>>
}

/** Every pair of neighbouring versions with its lenses, oldest first. */
export const crossings: readonly Pair[] = neighbours.map((pair, index) => ({
  ...pair,
  newer: neighbours[index + 1]?.older ?? newest,
}))

/** The pairs between a version and the canonical one, in the order of lifting. */
const chainOf = (version: VersionId): readonly Pair[] => {
  const first = crossings.findIndex((pair) => pair.older === version)
  return first === -1 ? [] : crossings.slice(first)
}

/** Stored when the lifted document cannot be lowered at all: only documents with values unknown to their own version. */
interface WholeRemainder {
  readonly whole: JsonObject
}

const wholeOf = (unmapped: unknown): WholeRemainder | undefined =>
  isJsonObject(unmapped) && isJsonObject(unmapped.whole) ? { whole: unmapped.whole } : undefined

/**
 * Lifts a document to canonical shape. Never changes its argument; returns it when nothing differs. `facts` says what
 * the version leaves to the surroundings of a document.
 */
export const lift = (
  name: DocumentName,
  from: VersionId,
  document: JsonObject,
  form: Form,
  facts: CrossingFacts = {},
): Lifted => liftThrough(chainOf(from), name, document, form, facts)

/** Lifts a document through some pairs, the oldest first. */
export const liftThrough = (
  chain: readonly Pair[],
  name: DocumentName,
  document: JsonObject,
  form: Form,
  facts: CrossingFacts = {},
): Lifted => {
  const crossing = startCrossing(form, facts)
  const lifted = climb(chain, name, document, crossing)
  const unmapped = remainderThrough(chain, name, lifted, document, form)
  return { document: lifted, unmapped, losses: crossing.losses }
}

const remainderThrough = (
  chain: readonly Pair[],
  name: DocumentName,
  document: JsonObject,
  sent: JsonObject,
  form: Form,
): unknown => {
  const again = descend(chain, name, document, startCrossing(form, {}, true))
  return again === GONE ? { whole: sent } : (between(again, sent) ?? null)
}

/** The `unmapped` with which `lower` gives back `sent` for a whole canonical document; null when it does without. */
export const remainderOf = (
  name: DocumentName,
  version: VersionId,
  document: JsonObject,
  sent: JsonObject,
): unknown => remainderThrough(chainOf(version), name, document, sent, 'whole')

const withheld = (crossing: Crossing): Lowered => {
  note(crossing, crossing.goneAt, undefined, { reason: crossing.goneBecause, severity: 'lost' })
  return { kind: 'withheld', reason: crossing.goneBecause, losses: crossing.losses }
}

/** True when the pointer or one that contains it was restored. */
const isRestored = (pointer: string, restored: ReadonlySet<string>): boolean => {
  for (let end = pointer.length; end >= 0; end = end === 0 ? -1 : pointer.lastIndexOf('/', end - 1))
    if (restored.has(pointer.slice(0, end))) return true
  return false
}

/**
 * Lowers a canonical document to a version. With the `unmapped` of the same document and version, what was sent is
 * given back, whatever `facts` say. Withheld when that version cannot hold the document without changing a bill or
 * breaking its schema; a PATCH is also withheld when only a PUT can say what it says.
 */
export const lower = (
  name: DocumentName,
  to: VersionId,
  document: JsonObject,
  form: Form,
  unmapped?: unknown,
  facts: CrossingFacts = {},
): Lowered => lowerThrough(chainOf(to), name, document, form, { unmapped, facts })

/** Lowers a document through some pairs, the newest first. */
export const lowerThrough = (
  chain: readonly Pair[],
  name: DocumentName,
  document: JsonObject,
  form: Form,
  { unmapped, facts = {} }: { readonly unmapped?: unknown; readonly facts?: CrossingFacts },
): Lowered => {
  const whole = wholeOf(unmapped)
  if (whole !== undefined) {
    const climbed = climb(chain, name, whole.whole, startCrossing(form, facts))
    if (contentEquals(climbed, document)) return { kind: 'document', document: whole.whole, losses: [] }
  } else if (isJsonObject(unmapped) && chain.length > 0) {
    const restored = lowerRestoring(chain, name, document, form, unmapped)
    if (restored !== undefined) return restored
  }
  const crossing = startCrossing(form, facts)
  const lowered = descend(chain, name, document, crossing)
  return lowered === GONE
    ? withheld(crossing)
    : { kind: 'document', document: lowered, losses: crossing.losses }
}

/** The lowered document with what was kept aside put back; undefined when that leaves it incomplete. */
const lowerRestoring = (
  chain: readonly Pair[],
  name: DocumentName,
  document: JsonObject,
  form: Form,
  unmapped: JsonObject,
): Lowered | undefined => {
  const crossing = startCrossing(form, {}, true)
  const lowered = descend(chain, name, document, crossing)
  if (lowered === GONE) return withheld(crossing)
  const { document: restored, pointers } = restore(lowered, unmapped)
  if (crossing.incomplete.some((pointer) => !isRestored(pointer, pointers))) return undefined
  const losses = crossing.losses.filter((loss) => !isRestored(loss.pointer, pointers))
  const asSent = losses.length > 0 && liftsTo(chain, name, restored, document, form)
  return { kind: 'document', document: restored, losses: asSent ? [] : losses }
}

/** True when lifting gives the document: what lifting had added to it is no loss on the way back. */
const liftsTo = (
  chain: readonly Pair[],
  name: DocumentName,
  lowered: JsonObject,
  document: JsonObject,
  form: Form,
): boolean => {
  const { cdr_token: cdrToken, token, session_id: session } = document
  const { country_code: country, party_id: party } =
    isJsonObject(token) && typeof token.country_code === 'string' ? token : document
  const facts: CrossingFacts = {
    ...(typeof country === 'string' && typeof party === 'string'
      ? { owner: { countryCode: country, partyId: party } }
      : {}),
    ...(isJsonObject(cdrToken) ? { tokenOf: () => cdrToken } : {}),
    ...(isJsonObject(token) ? { token } : {}),
    ...(typeof session === 'string' ? { sessionOf: () => session } : {}),
  }
  return contentEquals(climb(chain, name, lowered, startCrossing(form, facts)), document)
}

/**
 * True when a document of this version that was lifted without a remainder (`unmapped` null) is stored exactly as it was sent,
 * so that its stored text can go back out in that version untouched.
 */
export const keepsShape = (name: DocumentName, version: VersionId): boolean =>
  chainOf(version).every(({ lenses }) => lenses[name].keepsShape)
