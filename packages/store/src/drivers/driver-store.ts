import type { PartyId } from '@interwatt/protocol'
import type { Queryable } from '../database/index.js'
import type { Driver, DriverSession, DriverStore, DriverToken, StoredVehicle } from '../ports/index.js'
import { deleteDriver } from '../sql/drivers/delete-driver.js'
import { deleteDriverSession } from '../sql/drivers/delete-driver-session.js'
import { deleteDriverToken } from '../sql/drivers/delete-driver-token.js'
import { deleteDriverVehicle } from '../sql/drivers/delete-driver-vehicle.js'
import { deleteOldDriverSessions } from '../sql/drivers/delete-old-driver-sessions.js'
import { insertDriver } from '../sql/drivers/insert-driver.js'
import { insertDriverSession } from '../sql/drivers/insert-driver-session.js'
import { insertDriverToken } from '../sql/drivers/insert-driver-token.js'
import { selectDemoDriver } from '../sql/drivers/select-demo-driver.js'
import { selectDriver } from '../sql/drivers/select-driver.js'
import { selectDriverByEmail } from '../sql/drivers/select-driver-by-email.js'
import { selectDriverBySession } from '../sql/drivers/select-driver-by-session.js'
import { selectDriverByToken } from '../sql/drivers/select-driver-by-token.js'
import { selectDriverSessions } from '../sql/drivers/select-driver-sessions.js'
import { selectDriverTokens } from '../sql/drivers/select-driver-tokens.js'
import { selectDriverVehicles } from '../sql/drivers/select-driver-vehicles.js'
import { selectDrivers } from '../sql/drivers/select-drivers.js'
import { updateDriver } from '../sql/drivers/update-driver.js'
import { updateDriverToken } from '../sql/drivers/update-driver-token.js'
import { upsertDriverVehicle } from '../sql/drivers/upsert-driver-vehicle.js'

type Owned<T> = Omit<T, 'party'> & PartyId

const withParty = <T extends PartyId>({ countryCode, partyId, ...rest }: T) => ({
  ...rest,
  party: { countryCode, partyId },
})

type Statement = Parameters<Queryable['query']>[0]

/** Drivers in PostgreSQL. Ids are UUIDs. `addToken` and `addSession` throw when the driver is not known. */
export const createDriverStore = (database: Queryable): DriverStore => {
  const one = async (statement: Statement, params: readonly unknown[]): Promise<Driver | undefined> => {
    const { rows } = await database.query<Owned<Driver>>(statement, params)
    return rows[0] && withParty(rows[0])
  }
  const changed = async (statement: Statement, params: readonly unknown[]): Promise<boolean> =>
    (await database.query(statement, params)).rowCount > 0
  return {
    add: ({ party, ...driver }) =>
      changed(insertDriver, [
        ...[driver.id, party.countryCode, party.partyId, driver.contractId, driver.email, driver.name],
        ...[driver.language, driver.defaultVehicleId, driver.isDemo, driver.createdAt],
      ]),
    get: (id) => one(selectDriver, [id]),
    byEmail: (party, email) => one(selectDriverByEmail, [party.countryCode, party.partyId, email]),
    demo: (party) => one(selectDemoDriver, [party.countryCode, party.partyId]),
    update: (id, change) => one(updateDriver, [id, JSON.stringify(change)]),
    remove: (id) => changed(deleteDriver, [id]),
    async addToken(driverId, { party, uid, type, label, addedAt }) {
      await database.query(insertDriverToken, [
        ...[driverId, party.countryCode, party.partyId, uid, type, label, addedAt],
      ])
    },
    async tokens(driverId) {
      const { rows } = await database.query<Owned<DriverToken>>(selectDriverTokens, [driverId])
      return rows.map(withParty)
    },
    updateToken: (driverId, { uid, type }, change) =>
      changed(updateDriverToken, [driverId, uid, type, JSON.stringify(change)]),
    removeToken: (driverId, { uid, type }) => changed(deleteDriverToken, [driverId, uid, type]),
    async list({ search, after, limit }) {
      const params = [search?.toLowerCase() ?? null, after ?? null, limit]
      return (await database.query<Owned<Driver>>(selectDrivers, params)).rows.map(withParty)
    },
    byToken: (party, uid, type) => one(selectDriverByToken, [party.countryCode, party.partyId, uid, type]),
    async addSession({ hash, driverId, createdAt, expiresAt }) {
      await database.query(insertDriverSession, [hash, driverId, createdAt, expiresAt])
    },
    bySession: (hash, now) => one(selectDriverBySession, [hash, now]),
    removeSession: (hash) => changed(deleteDriverSession, [hash]),
    async sessions(driverId) {
      type Shown = Omit<DriverSession, 'hash' | 'driverId'>
      return (await database.query<Shown>(selectDriverSessions, [driverId])).rows
    },
    async pruneSessions(before) {
      return (await database.query(deleteOldDriverSessions, [before])).rowCount
    },
    async vehicles(driverId) {
      return (await database.query<StoredVehicle>(selectDriverVehicles, [driverId])).rows
    },
    putVehicle: (driverId, { id, vehicle }, createdAt) =>
      changed(upsertDriverVehicle, [driverId, id, vehicle, createdAt]),
    removeVehicle: (driverId, id) => changed(deleteDriverVehicle, [driverId, id]),
  }
}
