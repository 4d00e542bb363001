import {
  type CrossingFacts,
  canonicalVersion,
  type DocumentName,
  isJsonObject,
  jsonText,
  keepsShape,
  type ObjectKind,
  type VersionId,
  versionOf,
} from '@interwatt/protocol'
import {
  type Document,
  type FactsOfRow,
  loweringFacts,
  type ObjectStore,
  type PageItem,
} from '@interwatt/store'
import { type Lowerable, lowerStored } from './lower-stored.js'

/** A stored object as one version shows it; `withheld` when the version cannot express it. */
export type Served =
  | { readonly kind: 'document'; readonly document: Document }
  | { readonly kind: 'withheld'; readonly reason: string }

/** A JSON object, or an error: only for values that passed a schema before. */
export const asDocument = (value: unknown): Document => {
  if (!isJsonObject(value)) throw new TypeError('Expected a JSON object after validation.')
  return value
}

/** Lowers a stored object to a version; in the version it came in it is given back exactly as it came. */
export const serve = (
  name: DocumentName,
  version: VersionId,
  stored: Lowerable,
  facts: CrossingFacts = {},
): Served => {
  const lowered = lowerStored(name, version, stored, facts)
  return lowered.kind === 'document' ? { kind: 'document', document: asDocument(lowered.document) } : lowered
}

/**
 * The text of a page item in a version. The stored text goes out untouched when the version is the stored shape, or
 * when the object and its parts came in this version and its lens keeps the shape; otherwise it is parsed and lowered.
 * Undefined when the version cannot express the object.
 */
export const serveText = (
  kind: ObjectKind,
  version: VersionId,
  item: PageItem,
  facts: FactsOfRow = () => ({}),
): string | undefined => {
  if (version === canonicalVersion.id) return item.text
  const asItCame = item.versionIn === version && item.unmapped === null && item.parts === undefined
  if (asItCame && keepsShape(kind, version)) return item.text
  const document = asDocument(JSON.parse(item.text))
  const served = serve(kind, version, { ...item, document }, facts({ key: item.key, document }))
  return served.kind === 'document' ? jsonText(served.document) : undefined
}

/** What the items of a page need to be said in a version; their texts are read only where it needs anything. */
export const factsOfPage = async (
  objects: Pick<ObjectStore, 'getMany'>,
  version: VersionId,
  items: readonly PageItem[],
  nowMs: number,
): Promise<FactsOfRow> => {
  if (versionOf(version)?.traits.needsFacts !== true) return () => ({})
  const rows = items.map(({ key, text }) => ({ key, document: asDocument(JSON.parse(text)) }))
  return loweringFacts(objects, version, rows, nowMs)
}
