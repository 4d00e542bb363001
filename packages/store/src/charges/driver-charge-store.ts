import type { PartyId } from '@interwatt/protocol'
import { type Answer, type Database, jsonOrNull, type Statement } from '../database/index.js'
import { writeLock } from '../objects/commit-batch.js'
import { type ObjectRow, rowObject } from '../objects/object-row.js'
import type {
  AddedCharge,
  ChargeNews,
  ChargeReading,
  Document,
  DriverCharge,
  DriverChargeStore,
  DriverReservation,
} from '../ports/index.js'
import { beginStop } from '../sql/charges/begin-stop.js'
import { insertAdoptedCharges } from '../sql/charges/insert-adopted-charges.js'
import { insertAskedCharge } from '../sql/charges/insert-asked-charge.js'
import { insertReading } from '../sql/charges/insert-reading.js'
import { insertReservation } from '../sql/charges/insert-reservation.js'
import { lockDriver } from '../sql/charges/lock-driver.js'
import { moveChargePosition } from '../sql/charges/move-charge-position.js'
import { selectCharge } from '../sql/charges/select-charge.js'
import { selectChargeNews } from '../sql/charges/select-charge-news.js'
import { selectChargeOfCommand } from '../sql/charges/select-charge-of-command.js'
import { selectChargeOfSession } from '../sql/charges/select-charge-of-session.js'
import { selectCharges } from '../sql/charges/select-charges.js'
import { selectDriverCdrs } from '../sql/charges/select-driver-cdrs.js'
import { selectOpenCharges } from '../sql/charges/select-open-charges.js'
import { selectReadings } from '../sql/charges/select-readings.js'
import { selectReservationOfDriver } from '../sql/charges/select-reservation-of-driver.js'
import { selectReservations } from '../sql/charges/select-reservations.js'
import { selectTakenCharge } from '../sql/charges/select-taken-charge.js'
import { selectUnknownObjects } from '../sql/charges/select-unknown-objects.js'
import { selectWaitingCharges } from '../sql/charges/select-waiting-charges.js'
import { updateCharge } from '../sql/charges/update-charge.js'
import { updateReservation } from '../sql/charges/update-reservation.js'
import { insertEvents } from '../sql/events/insert-events.js'

type Owned<T> = Omit<T, 'party'> & PartyId

const withParty = <T extends PartyId>({ countryCode, partyId, ...rest }: T) => ({
  ...rest,
  party: { countryCode, partyId },
})

const flat = <T extends { readonly party: PartyId }>({ party, ...rest }: T) => ({ ...rest, ...party })

interface NewsRow {
  readonly position_seq: number
  readonly through_seq: number | null
  readonly looked: number
  readonly source: ChargeNews['source'] | null
  readonly country_code: string | null
  readonly party_id: string | null
  readonly id: string
  readonly document: Document
  readonly driver_id: string
}

const newsOf = (row: NewsRow): readonly ChargeNews[] => {
  const { source, country_code: countryCode, party_id: partyId, id, document, driver_id: driverId } = row
  if (source === null) return []
  const party = countryCode === null || partyId === null ? null : { countryCode, partyId }
  return [{ driverId, source, party, id, document }]
}

type Reads = Pick<
  DriverChargeStore,
  'get' | 'list' | 'open' | 'waiting' | 'bySession' | 'byCommand' | 'unknown' | 'cdrs' | 'readings'
>

const reads = (database: Database): Reads => {
  const charges = async (
    statement: Statement,
    params: readonly unknown[],
  ): Promise<readonly DriverCharge[]> =>
    (await database.query<Owned<DriverCharge>>(statement, params)).rows.map(withParty)
  const one = async (statement: Statement, params: readonly unknown[]): Promise<DriverCharge | undefined> =>
    (await charges(statement, params))[0]
  const objects = async (statement: Statement, params: readonly unknown[]) =>
    (await database.query<ObjectRow>(statement, params)).rows.map(rowObject)
  return {
    get: (driverId, id) => one(selectCharge, [driverId, id]),
    list: (driverId, { before, means, limit }) =>
      charges(selectCharges, [driverId, before?.seq ?? null, before?.id ?? null, means ?? null, limit]),
    open: (driverId) => charges(selectOpenCharges, [driverId]),
    waiting: (driverId) => charges(selectWaitingCharges, [driverId]),
    bySession: ({ countryCode, partyId }, key) => one(selectChargeOfSession, [countryCode, partyId, key]),
    byCommand: ({ reference, commandId }) => one(selectChargeOfCommand, [reference, commandId]),
    unknown: (driverId) => objects(selectUnknownObjects, [driverId]),
    cdrs: (driverId, limit) => objects(selectDriverCdrs, [driverId, limit]),
    async readings(chargeId) {
      return (await database.query<ChargeReading>(selectReadings, [chargeId])).rows
    },
  }
}

type Writes = Pick<DriverChargeStore, 'ask' | 'adopt' | 'change' | 'beginStop' | 'addReading'>

const writes = (database: Database): Writes => ({
  async ask(charge): Promise<AddedCharge> {
    const { driverId, requestKey, party, locationId, evseUid } = charge
    const place = [party.countryCode, party.partyId, locationId, evseUid]
    // NOTE: what is in the way may end between the two statements; then there is room.
    for (;;) {
      const { rowCount } = await database.query(insertAskedCharge, [JSON.stringify(flat(charge))])
      if (rowCount > 0) return { kind: 'added' }
      const { rows } = await database.query<Owned<DriverCharge>>(selectTakenCharge, [
        driverId,
        requestKey,
        ...place,
      ])
      const taken = rows[0] && withParty(rows[0])
      if (taken !== undefined)
        return {
          kind: requestKey !== null && taken.requestKey === requestKey ? 'known' : 'running',
          charge: taken,
        }
    }
  },
  async adopt(charges) {
    if (charges.length > 0) await database.query(insertAdoptedCharges, [JSON.stringify(charges.map(flat))])
  },
  async change(id, change) {
    const { rows } = await database.query<Owned<DriverCharge>>(updateCharge, [id, JSON.stringify(change)])
    return rows[0] && withParty(rows[0])
  },
  async beginStop({ id, stop, stopCommandId }, wanted) {
    const params = [id, jsonOrNull(stop), stopCommandId, JSON.stringify(wanted)]
    return (await database.query(beginStop, params)).rowCount > 0
  },
  async addReading(chargeId, { at, wh }) {
    await database.query(insertReading, [chargeId, at, wh])
  },
})

type Reservations = Pick<
  DriverChargeStore,
  'addReservation' | 'reservation' | 'reservations' | 'changeReservation'
>

const reservations = (database: Database): Reservations => {
  const all = ({ rows }: Answer<Owned<DriverReservation>>): readonly DriverReservation[] =>
    rows.map(withParty)
  return {
    addReservation: (reservation, known) =>
      database.transaction(async (tx) => {
        await tx.query(lockDriver, [reservation.driverId])
        return (await tx.query(insertReservation, [JSON.stringify(flat(reservation)), known])).rowCount > 0
      }),
    reservation: async (driverId, id) =>
      all(await database.query(selectReservationOfDriver, [driverId, id]))[0],
    reservations: async (driverId, limit) => all(await database.query(selectReservations, [driverId, limit])),
    changeReservation: async (id, change) =>
      all(await database.query(updateReservation, [id, JSON.stringify(change)]))[0],
  }
}

/** What drivers charged and reserved, in PostgreSQL. Ids are UUIDs. */
export const createDriverChargeStore = (database: Database): DriverChargeStore => ({
  ...reads(database),
  ...writes(database),
  ...reservations(database),
  async news(limit) {
    const { rows } = await database.query<NewsRow>(selectChargeNews, [limit])
    const { position_seq: from = 0, through_seq: through = null, looked = 0 } = rows[0] ?? {}
    return { news: rows.flatMap(newsOf), from, through: through ?? from, isFull: looked === limit }
  },
  passed: ({ from, through }, events, at) =>
    database.transaction(
      async (tx) => {
        const moved = await tx.query(moveChargePosition, [from, through])
        if (moved.rows.length === 0) return false
        if (events.length > 0) await tx.query(insertEvents, [JSON.stringify(events), events.length, at])
        return true
      },
      events.length === 0 ? {} : { lock: writeLock },
    ),
})
