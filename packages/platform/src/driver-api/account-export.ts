import {
  type Driver,
  type DriverCharge,
  type DriverChargeStore,
  type DriverReservation,
  type DriverToken,
  type ProblemReportStore,
  type StoredObject,
  tokenKey,
} from '@interwatt/store'
import { viewReport } from '../drivers/reports/report-view.js'
import { viewVehicle } from '../drivers/vehicles/vehicle-view.js'
import { vehiclesOf } from '../drivers/vehicles/vehicles.js'
import { viewAccount, viewPasskey } from './account-view.js'
import type { Accounts } from './accounts.js'

/** What an export works with. */
export type ExportDeps = Accounts & {
  readonly reports: Pick<ProblemReportStore, 'list'>
  readonly charges: Pick<DriverChargeStore, 'list' | 'reservations'>
}

/** Objects of one kind in one export; who has more asks support. */
const MOST = 10_000

const documents = (objects: readonly StoredObject[]) => objects.map(({ document }) => document)

const tokensOf = (deps: ExportDeps, tokens: readonly DriverToken[]) =>
  Promise.all(
    tokens.map(async ({ party, uid, type, label, addedAt, blockedAt }) => ({
      ...{ uid, type, label },
      added_at: addedAt,
      blocked_at: blockedAt,
      token: (await deps.stored.get(tokenKey(party, uid, type)))?.document ?? null,
    })),
  )

type AskedPlace = Pick<DriverCharge, 'party' | 'locationId' | 'evseUid' | 'connectorId'>

const placeOf = ({ party, locationId, evseUid, connectorId }: AskedPlace) => ({
  ...{ country_code: party.countryCode, party_id: party.partyId, location_id: locationId },
  ...{ evse_uid: evseUid, connector_id: connectorId },
})

const chargeOf = (charge: DriverCharge) => {
  const { id, means, askedAt: asked_at, wish, quote, preferences, failure, stop } = charge
  return { id, means, asked_at, ...placeOf(charge), wish, quote, preferences, failure, stop }
}

const reservationOf = (reservation: DriverReservation) => {
  const { id, askedAt: asked_at, expiresAt: expires_at, cost, failure, cancel } = reservation
  return { id, asked_at, expires_at, ...placeOf(reservation), cost, failure, cancel }
}

/** Everything that is stored about a driver, as one JSON document. Keys of passkeys and hashes of sign-ins are not in it: they are no facts about a person. */
export const exportAccount = async (deps: ExportDeps, driver: Driver) => {
  const { drivers, access, reports, charges, lookup, now } = deps
  const { id, party, contractId } = driver
  const [sessions, cdrs] = [
    await lookup.ofContract('session', party, { contractId, limit: MOST }),
    await lookup.ofContract('cdr', party, { contractId, limit: MOST }),
  ]
  const asked = await charges.list(id, { limit: MOST })
  return {
    exported_at: new Date(now()).toISOString(),
    account: viewAccount(driver),
    tokens: await tokensOf(deps, await drivers.tokens(id)),
    vehicles: (await vehiclesOf(deps, driver)).map(viewVehicle),
    sign_ins: (await drivers.sessions(id)).map(({ createdAt, expiresAt }) => ({
      created_at: createdAt,
      expires_at: expiresAt,
    })),
    passkeys: (await access.passkeys(id)).map(viewPasskey),
    problem_reports: (await reports.list({ driverId: id, limit: MOST })).map(viewReport),
    charges: asked.map(chargeOf),
    reservations: (await charges.reservations(id, MOST)).map(reservationOf),
    sessions: documents(sessions),
    cdrs: documents(cdrs),
    complete: [sessions, cdrs, asked].every(({ length }) => length < MOST),
  }
}
