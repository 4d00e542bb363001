import type { Wanted } from './filters.js'
import { DEGREE } from './place.js'
import type { StationTable } from './station-table.js'

/** A station as a map or a list shows it; counts are of the EVSEs that were asked for. */
export interface StationPoint {
  /** Key of the location, `DE/ABC/LOC1`, folded to upper case; the ids are as in the document. */
  readonly key: string
  readonly countryCode: string
  readonly partyId: string
  readonly id: string
  /** Name, else address. */
  readonly name: string
  readonly operator: string
  /** Degrees. */
  readonly latitude: number
  readonly longitude: number
  /** EVSEs, and how many of them are free, taken and broken; of the others nothing is known. */
  readonly evses: number
  readonly free: number
  readonly taken: number
  readonly broken: number
  /** Highest power of a connector; 0 when none says. */
  readonly maxWatts: number
  /** Newest `last_updated` of an EVSE in seconds since 1970; 0 when there is none. */
  readonly statusAtS: number
  /** Partner the location came from; null for own ones. */
  readonly receivedFrom: string | null
}

/** The station of a slot, with the EVSEs of it that are wanted. */
export const pointAt = (table: StationTable, slot: number, wanted: Wanted): StationPoint => {
  const { columns } = table
  const party = table.parties.at(columns.party[slot] ?? -1)
  return {
    key: table.keys[slot] ?? '',
    countryCode: party?.countryCode ?? '',
    partyId: party?.partyId ?? '',
    id: table.ids[slot] ?? '',
    name: table.names[slot] ?? '',
    operator: table.operators.at(columns.operator[slot] ?? -1) ?? '',
    latitude: (columns.lat[slot] ?? 0) / DEGREE,
    longitude: (columns.lon[slot] ?? 0) / DEGREE,
    evses: wanted.evses,
    free: wanted.free,
    taken: wanted.taken,
    broken: wanted.broken,
    maxWatts: wanted.watts,
    statusAtS: columns.statusAtS[slot] ?? 0,
    receivedFrom: table.partners.at(columns.partner[slot] ?? -1) ?? null,
  }
}

/** A place for the counts of one station after the other. */
export const newWanted = (): Wanted => ({ evses: 0, free: 0, taken: 0, broken: 0, watts: 0 })
