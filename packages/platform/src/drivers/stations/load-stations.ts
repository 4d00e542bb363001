import { isJsonObject, type PartyId } from '@interwatt/protocol'
import {
  type Document,
  keyText,
  type ObjectKey,
  type ObjectStore,
  parentLocationKey,
  type StoredObject,
  type SyncStore,
} from '@interwatt/store'
import type { AskAway } from '../../directory/away.js'
import type { Hearing } from '../../directory/hearing.js'
import type { Directory } from '../../directory/partner-directory.js'
import type { StatusSource } from './freshness.rules.js'

/** A location with its EVSEs as drivers may see them. */
export interface Station {
  readonly location: StoredObject
  /** Those that were not removed, oldest first. */
  readonly evses: readonly StoredObject[]
  readonly source: StatusSource
  /** Whether commands can be sent to where it came from. */
  readonly takesCommands: boolean
}

/** Where it is looked up what to think of a partner. */
export interface OriginDeps {
  readonly directory: Pick<Directory, 'inMemory'>
  readonly hearing: Pick<Hearing, 'of'>
  readonly askAway: AskAway
}

export interface LoadStationsDeps extends OriginDeps {
  readonly objects: Pick<ObjectStore, 'getMany'>
  readonly sync: Pick<SyncStore, 'evsesOf'>
}

/** What is known of where a location came from. */
export type Origin = Pick<Station, 'source' | 'takesCommands'>

const HOSTED: Origin = {
  source: { partner: null, isConnected: true, isPartyAway: false },
  takesCommands: true,
}

/** Whose location it is, and which partner it came from. */
export interface Provenance {
  readonly owner: PartyId
  readonly receivedFrom: string | null
}

const originOf = async (deps: OriginDeps, { owner, receivedFrom }: Provenance): Promise<Origin> => {
  if (receivedFrom === null) return HOSTED
  const partner = deps.directory.inMemory(receivedFrom)
  const heard = await deps.hearing.of(receivedFrom)
  const away = partner && (await deps.askAway(partner, owner))
  return {
    source: {
      partner: heard,
      isConnected: partner?.status === 'REGISTERED' || partner?.status === 'UPDATING',
      isPartyAway: away !== undefined,
    },
    takesCommands:
      partner?.endpoints.some(({ module, side }) => module === 'commands' && side === 'RECEIVER') === true,
  }
}

/** Finds out about each source once. */
export const originFinder = (deps: OriginDeps): ((provenance: Provenance) => Promise<Origin>) => {
  const origins = new Map<string, Promise<Origin>>()
  return (provenance) => {
    const { owner, receivedFrom } = provenance
    const name = JSON.stringify([receivedFrom, owner.countryCode, owner.partyId])
    const known = origins.get(name) ?? originOf(deps, provenance)
    origins.set(name, known)
    return known
  }
}

/** Drivers see what is published. */
const isShown = (location: StoredObject | undefined): location is StoredObject =>
  location !== undefined && location.deletedAt === null && location.document.publish !== false

const isInUse = ({ deletedAt, document }: StoredObject): boolean =>
  deletedAt === null && document.status !== 'REMOVED'

/** Stations by the keys of their locations, in that order; those that are unknown, removed or not published are left out. */
export const loadStations = async (
  deps: LoadStationsDeps,
  keys: readonly ObjectKey[],
): Promise<readonly Station[]> => {
  const [found, rows] = await Promise.all([deps.objects.getMany(keys), deps.sync.evsesOf(keys)])
  const locations = found.filter(isShown)
  const evses = new Map<string, StoredObject[]>(locations.map(({ key }) => [keyText(key), []]))
  for (const row of rows.filter(isInUse)) evses.get(keyText(parentLocationKey(row.key)))?.push(row)
  const originFor = originFinder(deps)
  return Promise.all(
    locations.map(async (location) => ({
      location,
      evses: evses.get(keyText(location.key)) ?? [],
      ...(await originFor({ owner: location.key, receivedFrom: location.receivedFrom })),
    })),
  )
}

/** Connectors of an EVSE. */
export const connectorsOf = ({ document }: Pick<StoredObject, 'document'>): readonly Document[] =>
  Array.isArray(document.connectors)
    ? document.connectors.filter(isJsonObject).map((one) => ({ ...one }))
    : []
