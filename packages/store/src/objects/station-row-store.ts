import type { Queryable } from '../database/index.js'
import type { ChangedStations, EvseRow, StationRow, StationRowStore } from '../ports/index.js'
import { selectStationRows } from '../sql/objects/select-station-rows.js'
import { selectStationRowsByKey } from '../sql/objects/select-station-rows-by-key.js'
import { selectTouchedStations } from '../sql/objects/select-touched-stations.js'

type EvseTuple = readonly [
  status: unknown,
  updatedAtS: number,
  connectors: unknown,
  capabilities: unknown,
  restrictions: unknown,
]

interface Row {
  readonly seq: number
  readonly key: string
  readonly country_code: string
  readonly party_id: string
  readonly id: string
  readonly name: string
  readonly operator: string
  readonly latitude: string
  readonly longitude: string
  readonly time_zone: string
  readonly opening_times: unknown
  readonly published: boolean | null
  readonly disabled_parking: boolean | null
  readonly received_from: string | null
  readonly deleted: boolean
  readonly evses: readonly EvseTuple[] | null
}

interface Touched {
  readonly country_code: string
  readonly party_id: string
  readonly id: string
  readonly seq: number
}

const evseOf = ([status, updatedAtS, connectors, capabilities, restrictions]: EvseTuple): EvseRow => ({
  status: typeof status === 'string' ? status : null,
  updatedAtS,
  connectors,
  capabilities,
  parkingRestrictions: restrictions,
})

const stationOf = (row: Row): StationRow => ({
  key: row.key,
  countryCode: row.country_code,
  partyId: row.party_id,
  id: row.id,
  name: row.name,
  operator: row.operator,
  latitude: row.latitude,
  longitude: row.longitude,
  timeZone: row.time_zone,
  openingTimes: row.opening_times,
  published: row.published === true,
  disabledParking: row.disabled_parking === true,
  receivedFrom: row.received_from,
  deleted: row.deleted,
  evses: (row.evses ?? []).map(evseOf),
})

const changedStations = async (
  database: Queryable,
  afterSeq: number,
  limit: number,
): Promise<ChangedStations> => {
  const { rows: touched } = await database.query<Touched>(selectTouchedStations, [afterSeq, limit])
  const position = touched.at(-1)?.seq ?? null
  if (position === null) return { rows: [], position, isFull: false }
  const keys = new Map(touched.map((key) => [`${key.country_code}/${key.party_id}/${key.id}`, key])).values()
  const wanted = [...keys]
  const params = [
    wanted.map(({ country_code }) => country_code),
    wanted.map(({ party_id }) => party_id),
    wanted.map(({ id }) => id),
  ]
  const { rows } = await database.query<Row>(selectStationRowsByKey, params)
  return { rows: rows.map(stationOf), position, isFull: touched.length === limit }
}

/** Rows for an index of stations from PostgreSQL. */
export const createStationRowStore = (database: Queryable): StationRowStore => ({
  async page(after, limit) {
    const { rows } = await database.query<Row>(selectStationRows, [after, limit])
    return { rows: rows.map(stationOf), next: rows.length < limit ? null : (rows.at(-1)?.seq ?? null) }
  },
  changed: (afterSeq, limit) => changedStations(database, afterSeq, limit),
})
