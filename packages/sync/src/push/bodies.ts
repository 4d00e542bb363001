import {
  type CrossingFacts,
  checkDocument,
  type Finding,
  isJsonObject,
  jsonText,
  lower,
  type ObjectKind,
  schemaOf,
  type VersionId,
  versionOf,
} from '@interwatt/protocol'
import type { Document, FactsOfRow, StoredObject } from '@interwatt/store'
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

/** Characters of prepared bodies that are kept for other partners, for each version and form. */
const keptCharacters = 8_000_000

/** A body as it was made from a state; `lastUpdated` where it is not the state's own. */
interface Kept {
  readonly prepared: Prepared
  readonly lastUpdated: unknown
}

/**
 * Lowers and checks bodies, once per state and version however many partners get them. A location is put together
 * from the text of its parts, so that a status change costs one EVSE and not the whole location.
 */
export class Bodies {
  /** By sequence number: no two states of any objects share one. */
  private readonly kept = {
    all: new Map<VersionId, RecentMap<number, Kept>>(),
    'without customer': new Map<VersionId, RecentMap<number, Kept>>(),
    patch: new Map<VersionId, RecentMap<number, Kept>>(),
  }

  /** The whole object; for a location its own row without EVSEs. */
  whole(
    row: StoredObject,
    version: VersionId,
    { facts = noFacts, shown = 'all' }: { readonly facts?: FactsOfRow; readonly shown?: Shown } = {},
  ): Prepared {
    const prepare = (): Prepared => {
      const seen = shown === 'all' ? row : withoutCustomer(row)
      return prepareWhole(row.key.kind, seen, seen.document, { version, facts: facts(row) })
    }
    const state = { seq: row.changedSeq, lastUpdated: row.lastUpdated }
    return dependsOnOthers(row, version) ? prepare() : this.remember(shown, version, state, prepare)
  }

  /**
   * Some fields of the object and `last_updated`. That of a location is never before that of its `evses`: a receiver
   * that was told of an EVSE would take an older location for stale (LOC-095).
   */
  patch(
    row: StoredObject,
    fields: readonly string[],
    version: VersionId,
    {
      evses = [],
      facts = noFacts,
    }: { readonly evses?: readonly StoredObject[]; readonly facts?: FactsOfRow } = {},
  ): Prepared {
    const name = row.key.kind
    const lastUpdated = latestOf(row, evses)
    return this.remember('patch', version, { seq: row.changedSeq, lastUpdated }, () => {
      const document = { ...row.document, last_updated: lastUpdated }
      const lowered = lower(name, version, patchBody(document, fields), 'patch', undefined, facts(row))
      if (lowered.kind === 'withheld') return { kind: 'withheld', reason: lowered.reason }
      return checked(name, version, lowered.document, 'patch')
    })
  }

  /** A location with its EVSEs and the latest `last_updated` of them all (LOC-095). */
  location(
    { location, evses }: AssembledLocation,
    version: VersionId,
    facts: FactsOfRow = noFacts,
  ): Prepared {
    const document = { ...location.document, last_updated: latestOf(location, evses) }
    const own = prepareWhole('location', location, document, { version, facts: facts(location) })
    if (own.kind !== 'ready') return own
    const parts: string[] = []
    for (const evse of evses) {
      if (evse.deletedAt !== null) continue
      const part = this.whole(evse, version, { facts })
      if (part.kind === 'ready') parts.push(part.text)
      else if (part.kind === 'invalid') return part
    }
    if (parts.length === 0) return own
    return { kind: 'ready', text: `${own.text.slice(0, -1)},"evses":[${parts.join(',')}]}` }
  }

  private remember(
    form: Shown | 'patch',
    version: VersionId,
    { seq, lastUpdated }: { readonly seq: number; readonly lastUpdated: unknown },
    prepare: () => Prepared,
  ): Prepared {
    const kept = this.kept[form].get(version) ?? new RecentMap<number, Kept>(keptCharacters)
    this.kept[form].set(version, kept)
    const known = kept.get(seq)
    if (known !== undefined && known.lastUpdated === lastUpdated) return known.prepared
    const prepared = prepare()
    kept.set(seq, { prepared, lastUpdated }, prepared.kind === 'ready' ? prepared.text.length + 100 : 500)
    return prepared
  }
}

const noFacts: FactsOfRow = () => ({})

/** Bodies that other objects or the clock have a say in are made anew: a tariff becomes valid, a card gets a twin. */
const dependsOnOthers = (row: StoredObject, version: VersionId): boolean =>
  versionOf(version)?.traits.needsFacts === true && (row.key.kind !== 'evse' || hasChoice(row.document))

/** Whether a connector has several tariffs, of which a version that has one names the one that is valid now. */
const hasChoice = ({ connectors }: Document): boolean =>
  Array.isArray(connectors) &&
  connectors.some(
    (connector: unknown) =>
      isJsonObject(connector) && Array.isArray(connector.tariff_ids) && connector.tariff_ids.length > 1,
  )

/** In the version it came in an object is given back exactly as it came. */
const prepareWhole = (
  name: ObjectKind,
  row: StoredObject,
  document: Document,
  { version, facts }: { readonly version: VersionId; readonly facts: CrossingFacts },
): Prepared => {
  const unmapped = row.versionIn === version ? (row.unmapped ?? undefined) : undefined
  const lowered = lower(name, version, document, 'whole', unmapped, facts)
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
