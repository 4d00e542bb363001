import { type CheckContext, pricesAlike, zoneClock } from '@interwatt/pricing'
import { countryTimeZone, ocpi230, type PartyId, parseDocument } from '@interwatt/protocol'
import {
  cdrKey,
  type Document,
  evseKey,
  keyText,
  locationKey,
  type ObjectKey,
  type ObjectLookup,
  type ObjectStore,
  type StoredObject,
  type TariffHistory,
  tariffKey,
} from '@interwatt/store'
import { connectorOf, connectorPowerKw } from './connector-power.js'
import { chooseTariff } from './tariff-choice.rules.js'

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

/** An id of a place that does not exist (2.2.1 `mod_cdrs_cdr_location_class`). */
const NOWHERE = '#NA'

/** A stored CDR as the check takes it; undefined when its stored form cannot be read. */
export const readStoredCdr = ({ document }: StoredObject): ocpi230.CDR | undefined => {
  const read = parseDocument(ocpi230.CDR, document, 'whole')
  return read.ok ? read.value : undefined
}

const readAll = (objects: readonly StoredObject[]): readonly ocpi230.CDR[] =>
  objects.flatMap((object) => readStoredCdr(object) ?? [])

const tariffsThen = async (
  { history }: ContextDeps,
  owner: PartyId,
  ids: readonly string[],
  startedAt: string,
): Promise<readonly ocpi230.Tariff[]> => {
  const keys = new Map(ids.map((id) => [keyText(tariffKey(owner, id)), tariffKey(owner, id)]))
  const states = await Promise.all([...keys.values()].map((key) => history.at(key, startedAt)))
  return states.flatMap((state) => {
    if (state === undefined || state.deletedAt !== null) return []
    const read = parseDocument(ocpi230.Tariff, state.document, 'whole')
    return read.ok ? [read.value] : []
  })
}

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
  const sameId = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase()
  const missing = held.filter(({ id }) => !known.some((one) => sameId(one.id, id)))
  const newest = await Promise.all(missing.map(({ id }) => history.list(tariffKey(owner, id), { limit: 1 })))
  const found = newest.flat().flatMap(({ document }) => {
    const read = parseDocument(ocpi230.Tariff, document, 'whole')
    return read.ok ? [read.value] : []
  })
  return found.filter((one) =>
    missing.some((tariff) => sameId(tariff.id, one.id) && pricesAlike(tariff, one)),
  )
}

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** The tariffs that were published for the CDR: those it holds or names, else the one of its connector. */
const publishedTariffs = async (
  deps: ContextDeps,
  owner: PartyId,
  cdr: ocpi230.CDR,
  connector: Document | undefined,
): Promise<readonly ocpi230.Tariff[]> => {
  const then = (ids: readonly string[]) => tariffsThen(deps, owner, ids, cdr.start_date_time)
  const held = cdr.tariffs ?? []
  if (held.length > 0) {
    const known = await then(held.map(({ id }) => id))
    return [...known, ...(await knownSince(deps, owner, held, known))]
  }
  const named = cdr.charging_periods.flatMap(({ tariff_id }) => tariff_id ?? [])
  if (named.length > 0) return then(named)
  const chosen = chooseTariff(await then(textsOf(connector?.tariff_ids)), cdr.start_date_time)
  return chosen === undefined ? [] : [chosen]
}

const timeZoneOf = (location: StoredObject | undefined, cdr: ocpi230.CDR): string | undefined => {
  const stated = location?.document.time_zone
  return typeof stated === 'string' && zoneClock(stated) !== undefined
    ? stated
    : countryTimeZone({ ...cdr.cdr_location })
}

const placeOf = async ({ objects }: ContextDeps, owner: PartyId, cdr: ocpi230.CDR) => {
  const { id, evse_uid, connector_id } = cdr.cdr_location
  const known = id !== NOWHERE
  const [location, evse] = await Promise.all([
    known ? objects.get(locationKey(owner, id)) : undefined,
    known && evse_uid !== NOWHERE ? objects.get(evseKey(owner, id, evse_uid)) : undefined,
  ])
  return { location, connector: evse && connectorOf(evse.document, connector_id) }
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
  const { location, connector } = await placeOf(deps, key, cdr)
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
      timeZone: timeZoneOf(location, cdr),
      publishedTariffs: published,
      sessionCdrs: readAll(others),
      ...(maxPowerKw === undefined ? {} : { maxPowerKw }),
      ...credit.context,
    },
    related: [...others, ...credit.related].map((one) => one.key),
  }
}
