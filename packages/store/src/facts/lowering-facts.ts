import {
  type CrossingFacts,
  foldCase,
  isJsonObject,
  type JsonObject,
  type VersionId,
  versionOf,
} from '@interwatt/protocol'
import { evseKey, keyText, locationKey, tariffKey, tokenKey } from '../keys/index.js'
import type { ObjectKey, ObjectStore, StoredObject } from '../ports/objects.js'

/** A row that is to be lowered. */
export type Row = Pick<StoredObject, 'key' | 'document'>

/** Facts for each row; empty where the version needs none. */
export type FactsOfRow = (row: Row) => CrossingFacts

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** Where a session or CDR took place. */
const placeIn = (document: JsonObject): { readonly location: string; readonly evse: string } | undefined => {
  const at = isJsonObject(document.cdr_location) ? document.cdr_location : undefined
  const location = text(at?.id ?? document.location_id)
  const evse = text(at?.evse_uid ?? document.evse_uid)
  return location === undefined || evse === undefined ? undefined : { location, evse }
}

const list = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter((item): item is JsonObject => isJsonObject(item)) : []

/** Lists of more than one tariff at the connectors of a location or EVSE. */
const choicesIn = (document: JsonObject): readonly (readonly string[])[] => {
  const evses = Array.isArray(document.evses) ? list(document.evses) : [document]
  const connectors = evses.flatMap((evse) => list(evse.connectors))
  return [...connectors, document]
    .map(({ tariff_ids: ids }) => (Array.isArray(ids) ? ids.map(String) : []))
    .filter((ids) => ids.length > 1)
}

const keysFor = (row: Row): readonly ObjectKey[] => {
  const { key, document } = row
  switch (key.kind) {
    case 'session':
    case 'cdr': {
      const place = placeIn(document)
      return place === undefined
        ? []
        : [locationKey(key, place.location), evseKey(key, place.location, place.evse)]
    }
    case 'location':
    case 'evse':
      return choicesIn(document).flatMap((ids) => ids.map((id) => tariffKey(key, id)))
    case 'token':
      return document.type === 'RFID' ? [] : [tokenKey(key, String(document.uid), 'RFID')]
    default:
      return []
  }
}

type Stored = (key: ObjectKey) => StoredObject | undefined

const isValidAt = (tariff: JsonObject, nowMs: number): boolean => {
  const [start, end] = [text(tariff.start_date_time), text(tariff.end_date_time)]
  return (start === undefined || Date.parse(start) <= nowMs) && (end === undefined || nowMs < Date.parse(end))
}

/** The tariff that is valid now and for everybody, else one that is valid now (locations.md 4.3). */
const tariffOf =
  (row: Row, stored: Stored, nowMs: number) =>
  (ids: readonly string[]): string | undefined => {
    const valid = ids.filter((id) => {
      const tariff = stored(tariffKey(row.key, id))
      return tariff !== undefined && tariff.deletedAt === null && isValidAt(tariff.document, nowMs)
    })
    const forEverybody = valid.find((id) => {
      const type = stored(tariffKey(row.key, id))?.document.type
      return type === undefined || type === 'REGULAR'
    })
    return forEverybody ?? valid[0]
  }

const placeOf = (row: Row, stored: Stored) => (id: string) => {
  const place = placeIn(row.document)
  if (place === undefined || foldCase(place.location) !== foldCase(id)) return undefined
  const location = stored(locationKey(row.key, id))
  const evse = stored(evseKey(row.key, id, place.evse))
  return location && { ...location.document, evses: evse === undefined ? [] : [evse.document] }
}

/** What rows of the store need to be said in a version that says more, or less: read in one query. */
export const loweringFacts = async (
  objects: Pick<ObjectStore, 'getMany'>,
  version: VersionId,
  rows: readonly Row[],
  nowMs: number,
): Promise<FactsOfRow> => {
  if (versionOf(version)?.traits.needsFacts !== true) return () => ({})
  const keys = [...new Map(rows.flatMap(keysFor).map((key) => [keyText(key), key])).values()]
  const found = keys.length === 0 ? [] : await objects.getMany(keys)
  const byKey = new Map(found.flatMap((row) => (row === undefined ? [] : [[keyText(row.key), row] as const])))
  const stored: Stored = (key) => byKey.get(keyText(key))
  return (row) => ({
    owner: row.key,
    nowMs,
    placeOf: placeOf(row, stored),
    tariffOf: tariffOf(row, stored, nowMs),
    hasCardTwin: (uid) => stored(tokenKey(row.key, uid, 'RFID'))?.deletedAt === null,
  })
}
