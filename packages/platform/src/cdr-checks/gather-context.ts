import { type CheckContext, pricesAlike } from '@interwatt/pricing'
import { foldCase, ocpi230, type PartyId, parseDocument } from '@interwatt/protocol'
import {
  cdrKey,
  type Document,
  keyText,
  type ObjectKey,
  type ObjectLookup,
  type ObjectStore,
  type StoredObject,
  type TariffHistory,
  tariffKey,
} from '@interwatt/store'
import { connectorPowerKw } from '../prices/connector-power.js'
import { placeAt, storedTariff, tariffsAt, tariffsOfCharge, timeZoneOf } from '../prices/known-prices.js'

/** Where what is known beside a CDR is looked up. */
export interface ContextDeps {
  readonly objects: Pick<ObjectStore, 'get'>
  readonly lookup: Pick<ObjectLookup, 'cdrsOfSession' | 'creditsOf'>
  readonly history: Pick<TariffHistory, 'at' | 'list'>
}

/** What is known beside a CDR, and the CDRs whose own checks it may change. */
export interface Gathered {
  readonly context: CheckContext
  readonly related: readonly ObjectKey[]
}

/** A stored CDR as the check takes it; undefined when its stored form cannot be read. */
export const readStoredCdr = ({ document }: StoredObject): ocpi230.CDR | undefined => {
  const read = parseDocument(ocpi230.CDR, document, 'whole')
  return read.ok ? read.value : undefined
}

const readAll = (objects: readonly StoredObject[]): readonly ocpi230.CDR[] =>
  objects.flatMap((object) => readStoredCdr(object) ?? [])

/**
 * Of a tariff that is known only from after the session started nobody can tell what it was before; when it is the one
 * of the CDR all the same, it has not changed since.
 */
const knownSince = async (
  { history }: ContextDeps,
  owner: PartyId,
  held: readonly ocpi230.Tariff[],
  known: readonly ocpi230.Tariff[],
): Promise<readonly ocpi230.Tariff[]> => {
  const sameId = (a: string, b: string): boolean => foldCase(a) === foldCase(b)
  const missing = held.filter(({ id }) => !known.some((one) => sameId(one.id, id)))
  const newest = await Promise.all(missing.map(({ id }) => history.list(tariffKey(owner, id), { limit: 1 })))
  const found = newest.flat().flatMap((state) => storedTariff(state) ?? [])
  return found.filter((one) =>
    missing.some((tariff) => sameId(tariff.id, one.id) && pricesAlike(tariff, one)),
  )
}

/** The tariffs that were published for the CDR: those it holds or names, else the one of its connector. */
const publishedTariffs = async (
  deps: ContextDeps,
  owner: PartyId,
  cdr: ocpi230.CDR,
  connector: Document | undefined,
): Promise<readonly ocpi230.Tariff[]> => {
  const held = cdr.tariffs ?? []
  if (held.length > 0) {
    const ids = held.map(({ id }) => id)
    const known = await tariffsAt(deps, owner, ids, cdr.start_date_time)
    return [...known, ...(await knownSince(deps, owner, held, known))]
  }
  return tariffsOfCharge(deps, owner, cdr, connector)
}

const creditContext = async (deps: ContextDeps, key: ObjectKey, cdr: ocpi230.CDR) => {
  const reference = cdr.credit === true ? cdr.credit_reference_id : undefined
  if (reference === undefined) return { context: {}, related: await deps.lookup.creditsOf(key, cdr.id) }
  const [original, credits] = await Promise.all([
    deps.objects.get(cdrKey(key, reference)),
    deps.lookup.creditsOf(key, reference),
  ])
  const earlier = credits.filter(({ key: other }) => keyText(other) !== keyText(key))
  const known = original === undefined ? undefined : readStoredCdr(original)
  const context: Pick<CheckContext, 'original' | 'otherCredits'> = {
    original: known ?? null,
    otherCredits: readAll(earlier),
  }
  return { context, related: original === undefined ? [] : [original] }
}

/** Everything stored that a check of a CDR asks for. */
export const gatherContext = async (
  deps: ContextDeps,
  stored: StoredObject,
  cdr: ocpi230.CDR,
): Promise<Gathered> => {
  const { key } = stored
  const { id, evse_uid, connector_id } = cdr.cdr_location
  const address = { location: id, evse: evse_uid, connector: connector_id }
  const { location, connector } = await placeAt(deps, key, address)
  const [published, siblings, credit] = await Promise.all([
    publishedTariffs(deps, key, cdr, connector),
    cdr.session_id === undefined ? [] : deps.lookup.cdrsOfSession(key, cdr.session_id),
    creditContext(deps, key, cdr),
  ])
  const others = siblings.filter((sibling) => keyText(sibling.key) !== keyText(key))
  const maxPowerKw = connector && connectorPowerKw(connector)
  return {
    context: {
      version: stored.versionIn,
      timeZone: timeZoneOf(location?.document) ?? timeZoneOf({ ...cdr.cdr_location }),
      publishedTariffs: published,
      sessionCdrs: readAll(others),
      ...(maxPowerKw === undefined ? {} : { maxPowerKw }),
      ...credit.context,
    },
    related: [...others, ...credit.related].map((one) => one.key),
  }
}
