import { isJsonObject } from '@interwatt/protocol'
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

export interface LoadStationsDeps {
  readonly objects: Pick<ObjectStore, 'getMany'>
  readonly sync: Pick<SyncStore, 'evsesOf'>
  readonly directory: Pick<Directory, 'inMemory'>
  readonly hearing: Pick<Hearing, 'of'>
  readonly askAway: AskAway
}

/** What is known of where a location came from. */
type Origin = Pick<Station, 'source' | 'takesCommands'>

const HOSTED: Origin = {
  source: { partner: null, isConnected: true, isPartyAway: false },
  takesCommands: true,
}

const originOf = async (deps: LoadStationsDeps, { key, receivedFrom }: StoredObject): Promise<Origin> => {
  if (receivedFrom === null) return HOSTED
  const partner = deps.directory.inMemory(receivedFrom)
  const heard = await deps.hearing.of(receivedFrom)
  const away = partner && (await deps.askAway(partner, key))
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
  const origins = new Map<string, Promise<Origin>>()
  const originFor = (location: StoredObject): Promise<Origin> => {
    const { receivedFrom, key } = location
    const name = JSON.stringify([receivedFrom, key.countryCode, key.partyId])
    const known = origins.get(name) ?? originOf(deps, location)
    origins.set(name, known)
    return known
  }
  return Promise.all(
    locations.map(async (location) => ({
      location,
      evses: evses.get(keyText(location.key)) ?? [],
      ...(await originFor(location)),
    })),
  )
}

/** Connectors of an EVSE. */
export const connectorsOf = ({ document }: Pick<StoredObject, 'document'>): readonly Document[] =>
  Array.isArray(document.connectors)
    ? document.connectors.filter(isJsonObject).map((one) => ({ ...one }))
    : []
