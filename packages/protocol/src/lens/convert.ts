import type { DocumentName } from '../contract/endpoint.js'
import type { JsonObject } from '../json/json-object.js'
import type { VersionId } from '../versions/version.js'
import { crossings, lift, lower } from './crossing.js'
import type { CrossingFacts } from './facts.js'
import type { Form, Loss } from './lens.js'
import { type LossRow, lossTable } from './loss-table.js'

/** A document in another version, or why that version cannot hold it; with everything the crossing cost. */
export type Converted =
  | { readonly kind: 'document'; readonly document: JsonObject; readonly losses: readonly Loss[] }
  | { readonly kind: 'withheld'; readonly reason: string; readonly losses: readonly Loss[] }

/**
 * Takes a document of one version to another, by way of the canonical shape. The document should be valid in `from`; it is
 * not changed. `facts` says what `from` leaves to the surroundings of a document, such as its owner. Pointers of losses are
 * into the document as it was before the crossing that caused them.
 */
export const convert = (
  name: DocumentName,
  from: VersionId,
  to: VersionId,
  document: JsonObject,
  form: Form,
  facts: CrossingFacts = {},
): Converted => {
  const lifted = lift(name, from, document, form, facts)
  const remainder = from === to ? (lifted.unmapped ?? undefined) : undefined
  const lowered = lower(name, to, lifted.document, form, remainder)
  const losses = from === to ? lowered.losses : [...lifted.losses, ...lowered.losses]
  return lowered.kind === 'document'
    ? { kind: 'document', document: lowered.document, losses }
    : { kind: 'withheld', reason: lowered.reason, losses }
}

const folded = (name: string): string => name.replaceAll('_', '').toLowerCase()

const byFoldedName: ReadonlyMap<string, DocumentName> = new Map(
  crossings.flatMap(({ lenses }) =>
    Object.keys(lenses)
      .filter((name): name is DocumentName => Object.hasOwn(lenses, name))
      .map((name) => [folded(name), name]),
  ),
)

/** The document of that name (`Location`, `start_session`, `StartSession`), however it is spelt; undefined when none crosses versions. */
export const documentNamed = (name: string): DocumentName | undefined => byFoldedName.get(folded(name))

/** Every loss on the way between two versions, either way round, in the order of the crossings. */
export const lossesBetween = (from: VersionId, to: VersionId): readonly LossRow[] => {
  const order = crossings.flatMap(({ older, newer }, index) => (index === 0 ? [older, newer] : [newer]))
  const [start, end] = [order.indexOf(from), order.indexOf(to)]
  const way = start < end ? order.slice(start, end + 1) : order.slice(end, start + 1).reverse()
  return way
    .slice(1)
    .flatMap((next, index) => lossTable().filter((row) => row.from === way[index] && row.to === next))
}
