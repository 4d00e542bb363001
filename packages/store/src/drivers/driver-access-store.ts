import type { Queryable } from '../database/index.js'
import type { Challenge, DriverAccessStore, Passkey, SignInCode } from '../ports/index.js'
import { deleteDriverCode } from '../sql/drivers/delete-driver-code.js'
import { deleteDriverPasskey } from '../sql/drivers/delete-driver-passkey.js'
import { deleteOldDriverChallenges } from '../sql/drivers/delete-old-driver-challenges.js'
import { deleteOldDriverCodes } from '../sql/drivers/delete-old-driver-codes.js'
import { insertDriverChallenge } from '../sql/drivers/insert-driver-challenge.js'
import { insertDriverPasskey } from '../sql/drivers/insert-driver-passkey.js'
import { selectDriverPasskey } from '../sql/drivers/select-driver-passkey.js'
import { selectDriverPasskeys } from '../sql/drivers/select-driver-passkeys.js'
import { takeDriverChallenge } from '../sql/drivers/take-driver-challenge.js'
import { tryDriverCode } from '../sql/drivers/try-driver-code.js'
import { upsertDriverCode } from '../sql/drivers/upsert-driver-code.js'
import { useDriverPasskey } from '../sql/drivers/use-driver-passkey.js'

type Address = Pick<SignInCode, 'party' | 'email'>

const addressOf = ({ party, email }: Address) => [party.countryCode, party.partyId, email]

/** What drivers sign in with, in PostgreSQL. `addChallenge` and `addPasskey` throw when the driver is not known. */
export const createDriverAccessStore = (database: Queryable): DriverAccessStore => ({
  async putCode({ hash, language, expiresAt, ...address }) {
    await database.query(upsertDriverCode, [...addressOf(address), hash, language, expiresAt])
  },
  async tryCode(address, now, most) {
    const params = [...addressOf(address), now, most]
    return (await database.query<Pick<SignInCode, 'hash' | 'language'>>(tryDriverCode, params)).rows[0]
  },
  useCode: async ({ hash, ...address }) =>
    (await database.query(deleteDriverCode, [...addressOf(address), hash])).rowCount > 0,
  async addChallenge({ hash, purpose, challenge, driverId, expiresAt }) {
    await database.query(insertDriverChallenge, [hash, purpose, challenge, driverId, expiresAt])
  },
  takeChallenge: async (hash, now) =>
    (await database.query<Challenge>(takeDriverChallenge, [hash, now])).rows[0],
  async addPasskey({ id, driverId, publicKey, counter, transports, name, backedUp, createdAt }) {
    const { rowCount } = await database.query(insertDriverPasskey, [
      ...[id, driverId, publicKey, counter, JSON.stringify(transports), name, backedUp, createdAt],
    ])
    return rowCount > 0
  },
  passkey: async (id) => (await database.query<Passkey>(selectDriverPasskey, [id])).rows[0],
  passkeys: async (driverId) => (await database.query<Passkey>(selectDriverPasskeys, [driverId])).rows,
  usePasskey: async ({ id, counter, backedUp, at }) =>
    (await database.query(useDriverPasskey, [id, counter, backedUp, at])).rowCount > 0,
  removePasskey: async (driverId, id) =>
    (await database.query(deleteDriverPasskey, [driverId, id])).rowCount > 0,
  async prune(before) {
    await database.query(deleteOldDriverCodes, [before])
    await database.query(deleteOldDriverChallenges, [before])
  },
})
