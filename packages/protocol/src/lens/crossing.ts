import type { DocumentName } from '../contract/endpoint.js'
import { contentEquals, isJsonObject, type JsonObject } from '../json/json-object.js'
import type { VersionId } from '../versions/version.js'
import { type Crossing, type Form, GONE, type Lens, type Loss, note, startCrossing } from './lens.js'
import { between, restore } from './remainder.js'
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
}[] = [{ older: '2.2.1', lenses: v221ToV230 }]

const newest: VersionId = '2.3.0'

/** Every pair of neighbouring versions with its lenses, oldest first. */
export const crossings: readonly {
  readonly older: VersionId
  readonly newer: VersionId
  readonly lenses: Readonly<Record<DocumentName, Lens>>
}[] = neighbours.map((pair, index) => ({ ...pair, newer: neighbours[index + 1]?.older ?? newest }))

/** The lenses of a document between a version and the canonical one, in the order of lifting. */
const chainOf = (name: DocumentName, version: VersionId): readonly Lens[] => {
  const first = neighbours.findIndex((pair) => pair.older === version)
  return first === -1 ? [] : neighbours.slice(first).map((pair) => pair.lenses[name])
}

const climb = (chain: readonly Lens[], document: JsonObject, crossing: Crossing): JsonObject => {
  const lifted = chain.reduce<unknown>((value, step) => step.up(value, undefined, crossing), document)
  return isJsonObject(lifted) ? lifted : document
}

const descend = (
  chain: readonly Lens[],
  document: JsonObject,
  crossing: Crossing,
): JsonObject | typeof GONE => {
  let value: unknown = document
  for (const step of [...chain].reverse()) {
    value = step.down(value, undefined, crossing)
    if (value === GONE) return GONE
  }
  return isJsonObject(value) ? value : document
}

/** Stored when the lifted document cannot be lowered at all: only documents with values unknown to their own version. */
interface WholeRemainder {
  readonly whole: JsonObject
}

const wholeOf = (unmapped: unknown): WholeRemainder | undefined =>
  isJsonObject(unmapped) && isJsonObject(unmapped.whole) ? { whole: unmapped.whole } : undefined

/** Lifts a document to canonical shape. Never changes its argument; returns it when nothing differs. */
export const lift = (name: DocumentName, from: VersionId, document: JsonObject, form: Form): Lifted => {
  const chain = chainOf(name, from)
  const crossing = startCrossing(form)
  const lifted = climb(chain, document, crossing)
  const again = descend(chain, lifted, startCrossing(form))
  const unmapped = again === GONE ? { whole: document } : (between(again, document) ?? null)
  return { document: lifted, unmapped, losses: crossing.losses }
}

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
 * given back. Withheld when that version cannot hold the document without changing a bill or breaking its schema; a
 * PATCH is also withheld when only a PUT can say what it says.
 */
export const lower = (
  name: DocumentName,
  to: VersionId,
  document: JsonObject,
  form: Form,
  unmapped?: unknown,
): Lowered => {
  const chain = chainOf(name, to)
  const whole = wholeOf(unmapped)
  if (whole !== undefined && contentEquals(climb(chain, whole.whole, startCrossing(form)), document))
    return { kind: 'document', document: whole.whole, losses: [] }
  const crossing = startCrossing(form)
  const lowered = descend(chain, document, crossing)
  if (lowered === GONE) return withheld(crossing)
  if (chain.length === 0 || !isJsonObject(unmapped) || whole !== undefined)
    return { kind: 'document', document: lowered, losses: crossing.losses }
  const { document: restored, pointers } = restore(lowered, unmapped)
  const losses = crossing.losses.filter((loss) => !isRestored(loss.pointer, pointers))
  return { kind: 'document', document: restored, losses }
}

/**
 * True when a document of this version that was lifted without a remainder (`unmapped` null) is stored exactly as it was sent,
 * so that its stored text can go back out in that version untouched.
 */
export const keepsShape = (name: DocumentName, version: VersionId): boolean =>
  chainOf(name, version).every((step) => step.keepsShape)
