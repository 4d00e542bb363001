import {
  canonicalVersion,
  type DocumentName,
  isJsonObject,
  jsonText,
  keepsShape,
  lower,
  type ObjectKind,
  type VersionId,
} from '@interwatt/protocol'
import type { Document, PageItem, StoredObject } from '@interwatt/store'

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
  stored: Pick<StoredObject, 'document' | 'versionIn' | 'unmapped'>,
): Served => {
  const unmapped = stored.versionIn === version ? stored.unmapped : undefined
  const lowered = lower(name, version, stored.document, 'whole', unmapped ?? undefined)
  return lowered.kind === 'document' ? { kind: 'document', document: asDocument(lowered.document) } : lowered
}

/**
 * The text of a page item in a version. The stored text goes out untouched when the version is the stored shape, or
 * when the object came in this version and its lens keeps the shape; otherwise it is parsed and lowered.
 * Undefined when the version cannot express the object.
 */
export const serveText = (kind: ObjectKind, version: VersionId, item: PageItem): string | undefined => {
  if (version === canonicalVersion.id) return item.text
  if (item.versionIn === version && item.unmapped === null && keepsShape(kind, version)) return item.text
  const served = serve(kind, version, { ...item, document: asDocument(JSON.parse(item.text)) })
  return served.kind === 'document' ? jsonText(served.document) : undefined
}
