import {
  checkDocument,
  type Finding,
  isJsonObject,
  jsonText,
  lower,
  type ObjectKind,
  schemaOf,
  type VersionId,
} from '@interwatt/protocol'
import type { Document, StoredObject } from '@interwatt/store'
import { keyText } from '@interwatt/store'
import { patchBody } from './plan-push.js'
import { RecentMap } from './recent-map.js'
import { withoutCustomer } from './without-customer.js'

/** A request body in the partner's version, or why there is none. */
export type Prepared =
  | { readonly kind: 'ready'; readonly text: string }
  /** The version cannot express the object: it is not sent wrong. */
  | { readonly kind: 'withheld'; readonly reason: string }
  /** Our own document breaks the version's schema: a defect on our side. */
  | { readonly kind: 'invalid'; readonly findings: readonly Finding[] }

/** A location row with its EVSE rows, as a receiver gets it whole. */
export interface AssembledLocation {
  readonly location: StoredObject
  readonly evses: readonly StoredObject[]
}

/** How much of a session a receiver sees. */
export type Shown = 'all' | 'without customer'

/** Characters of prepared bodies that are kept for other partners of the same version. */
const keptCharacters = 32_000_000

/**
 * Lowers and checks bodies, once per state and version however many partners get them. A location is put together
 * from the text of its parts, so that a status change costs one EVSE and not the whole location.
 */
export class Bodies {
  private readonly prepared = new RecentMap<string, Prepared>(keptCharacters)

  /** The whole object; for a location its own row without EVSEs. */
  whole(row: StoredObject, version: VersionId, shown: Shown = 'all'): Prepared {
    return this.remember(`${version}|w|${keyText(row.key)}|${row.changedSeq}|${shown}`, () => {
      const seen = shown === 'all' ? row : withoutCustomer(row)
      return prepareWhole(row.key.kind, seen, seen.document, version)
    })
  }

  /**
   * Some fields of the object and `last_updated`. That of a location is never before that of its `evses`: a receiver
   * that was told of an EVSE would take an older location for stale (LOC-095).
   */
  patch(
    row: StoredObject,
    fields: readonly string[],
    version: VersionId,
    evses: readonly StoredObject[] = [],
  ): Prepared {
    const name = row.key.kind
    const lastUpdated = latestOf(row, evses)
    return this.remember(`${version}|p|${keyText(row.key)}|${row.changedSeq}|${String(lastUpdated)}`, () => {
      const document = { ...row.document, last_updated: lastUpdated }
      const lowered = lower(name, version, patchBody(document, fields), 'patch')
      if (lowered.kind === 'withheld') return { kind: 'withheld', reason: lowered.reason }
      return checked(name, version, lowered.document, 'patch')
    })
  }

  /** A location with its EVSEs and the latest `last_updated` of them all (LOC-095). */
  location({ location, evses }: AssembledLocation, version: VersionId): Prepared {
    const document = { ...location.document, last_updated: latestOf(location, evses) }
    const own = prepareWhole('location', location, document, version)
    if (own.kind !== 'ready') return own
    const parts: string[] = []
    for (const evse of evses) {
      if (evse.deletedAt !== null) continue
      const part = this.whole(evse, version)
      if (part.kind === 'ready') parts.push(part.text)
      else if (part.kind === 'invalid') return part
    }
    if (parts.length === 0) return own
    return { kind: 'ready', text: `${own.text.slice(0, -1)},"evses":[${parts.join(',')}]}` }
  }

  private remember(key: string, prepare: () => Prepared): Prepared {
    const known = this.prepared.get(key)
    if (known !== undefined) return known
    const made = prepare()
    this.prepared.set(key, made, key.length + (made.kind === 'ready' ? made.text.length : 500))
    return made
  }
}

/** In the version it came in an object is given back exactly as it came. */
const prepareWhole = (
  name: ObjectKind,
  row: StoredObject,
  document: Document,
  version: VersionId,
): Prepared => {
  const unmapped = row.versionIn === version ? (row.unmapped ?? undefined) : undefined
  const lowered = lower(name, version, document, 'whole', unmapped)
  if (lowered.kind === 'withheld') return { kind: 'withheld', reason: lowered.reason }
  return checked(name, version, lowered.document, 'whole')
}

const checked = (
  name: ObjectKind,
  version: VersionId,
  document: unknown,
  form: 'whole' | 'patch',
): Prepared => {
  const schema = schemaOf(version, name)
  if (schema === undefined) return { kind: 'withheld', reason: `the version has no ${name}` }
  const findings = checkDocument(schema, document, form).filter(({ severity }) => severity === 'error')
  if (findings.length > 0 || !isJsonObject(document)) return { kind: 'invalid', findings }
  return { kind: 'ready', text: jsonText(document) }
}

const latestOf = (location: StoredObject, evses: readonly StoredObject[]): unknown => {
  let latest = location
  for (const evse of evses) if (evse.lastUpdated > latest.lastUpdated) latest = evse
  return latest.document.last_updated ?? latest.lastUpdated
}
