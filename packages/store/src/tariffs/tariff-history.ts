import type { Queryable } from '../database/index.js'
import type { ObjectKey, TariffHistory, TariffState } from '../ports/index.js'
import { deleteTariffStates } from '../sql/tariffs/delete-tariff-states.js'
import { selectTariffStateAt } from '../sql/tariffs/select-tariff-state-at.js'
import { selectTariffStates } from '../sql/tariffs/select-tariff-states.js'

const keyOf = (tariff: ObjectKey): readonly string[] => [tariff.countryCode, tariff.partyId, tariff.id]

/** The database has no year 0, which times of documents may be of; no tariff is that old. */
const isBeforeAll = (time: string): boolean => time.startsWith('0000-')

/** Earlier and present states of tariffs in PostgreSQL. The object store keeps each state in the commit that replaces it. */
export const createTariffHistory = (database: Queryable): TariffHistory => ({
  async list(key, { before, limit }) {
    const params = [...keyOf(key), before ?? null, limit]
    return (await database.query<TariffState>(selectTariffStates, params)).rows
  },
  async at(key, time) {
    if (isBeforeAll(time)) return undefined
    return (await database.query<TariffState>(selectTariffStateAt, [...keyOf(key), time])).rows[0]
  },
  async prune(before) {
    return (await database.query(deleteTariffStates, [before])).rowCount
  },
})
