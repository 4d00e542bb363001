import { randomUUID } from 'node:crypto'
import { foldCase, type PartyId, sameParty } from '@interwatt/protocol'
import type { Document, Driver, DriverCharge, DriverToken } from '@interwatt/store'
import { type Problem, problem, type Result } from '../../result.js'
import { chargeEvent } from './charge-news.js'
import { isOver } from './charge-state.rules.js'
import type { ChargeDeps } from './deps.js'
import { gatherCharge } from './gather.js'
import { ANSWER_MS, inTime } from './in-time.js'

/** Where a driver wants to charge. */
export interface ChosenPlace {
  readonly party: PartyId
  readonly locationId: string
  readonly evseUid: string
  readonly connectorId: string
}

/** What a driver asks for. */
export interface StartWish {
  readonly place: ChosenPlace
  readonly requestKey: string | null
  readonly vehicleId: string | null
  readonly goal: Document
  readonly quote: Document | null
}

/** A charge that was asked for; `isNew` is false when the same request came before. */
export interface Started {
  readonly charge: DriverCharge
  readonly isNew: boolean
}

/** What is kept of a problem: enough to say why, and for support to see what. */
export const failureOf = ({ status, title, detail, type }: Problem): Document => ({
  ...{ status, title, detail },
  ...(type === undefined ? {} : { type }),
})

/** The token with which the app starts. */
export const appTokenOf = async (
  { drivers }: Pick<ChargeDeps, 'drivers'>,
  driver: Driver,
): Promise<DriverToken | undefined> =>
  (await drivers.tokens(driver.id)).find(({ type }) => type === 'APP_USER')

const wishOf = async (
  { drivers }: ChargeDeps,
  driver: Driver,
  { vehicleId, goal }: StartWish,
): Promise<Result<Document>> => {
  if (vehicleId === null) return { kind: 'done', value: goal }
  const found = (await drivers.vehicles(driver.id)).find(({ id }) => id === vehicleId)
  if (found === undefined) return problem(422, 'Unknown vehicle', 'You have no vehicle with this id.')
  const { name, batteryKwh } = found.vehicle
  return {
    kind: 'done',
    value: { ...goal, vehicle_id: vehicleId, vehicle_name: name, battery_kwh: batteryKwh },
  }
}

/** Asks the CPO; a partner whose version cannot name the connector is asked for the EVSE, where the driver chooses by plugging in. */
const askOperator = async (
  deps: ChargeDeps,
  token: DriverToken,
  charge: Omit<DriverCharge, 'seq'>,
): Promise<Problem | undefined> => {
  const { party, locationId, evseUid, connectorId, authorizationReference } = charge
  const request = {
    token: { uid: token.uid, type: token.type },
    ...{ country_code: party.countryCode, party_id: party.partyId },
    ...{ location_id: locationId, evse_uid: evseUid, authorization_reference: authorizationReference },
  }
  const sent = await deps.send('START_SESSION', { ...request, connector_id: connectorId })
  if (sent.kind === 'done') return undefined
  if (sent.type !== 'connector-not-told') return sent
  const without = await deps.send('START_SESSION', request)
  return without.kind === 'done' ? undefined : without
}

const begin = async (
  deps: ChargeDeps,
  token: DriverToken,
  charge: Omit<DriverCharge, 'seq'>,
): Promise<void> => {
  let failure: Document | undefined
  try {
    const refused = await askOperator(deps, token, charge)
    failure = refused && failureOf(refused)
  } catch (error) {
    deps.logError(error)
    failure = { status: 500, title: 'Not sent', detail: 'The request could not be sent.' }
  }
  if (failure !== undefined) await deps.charges.change(charge.id, { failure, isOpen: false })
  await deps.events.append(chargeEvent(charge))
}

const newCharge = (deps: ChargeDeps, driver: Driver, wish: StartWish, wanted: Document) => ({
  ...{ id: randomUUID(), driverId: driver.id, means: 'app' as const },
  ...wish.place,
  requestKey: wish.requestKey,
  authorizationReference: randomUUID(),
  ...{ wish: wanted, quote: wish.quote, failure: null, stop: null, stopCommandId: null, preferences: null },
  ...{ sessionKey: null, cdrKey: null, sharesClock: null, isOpen: true },
  askedAt: new Date(deps.now()).toISOString(),
})

type AskedPlace = Pick<DriverCharge, 'party' | 'locationId' | 'evseUid' | 'connectorId'>

const isSamePlace = (a: AskedPlace, b: AskedPlace): boolean =>
  sameParty(a.party, b.party) &&
  (['locationId', 'evseUid', 'connectorId'] as const).every(
    (field) => foldCase(a[field] ?? '') === foldCase(b[field] ?? ''),
  )

/** Closes a start that is over; false when it still runs. */
const closeIfOver = async (deps: ChargeDeps, running: DriverCharge): Promise<boolean> => {
  const { state } = await gatherCharge(deps, running)
  if (!isOver(state)) return false
  await deps.charges.change(running.id, { isOpen: false })
  return true
}

/**
 * Starts a charge: the wish is stored before anybody is asked, so that a lost answer or a stopped node starts nothing twice. Settles with
 * the operator's answer, or after a moment without it. A problem when another start runs at the EVSE, the key belongs to a start elsewhere,
 * the vehicle is not the driver's, or there is no token.
 */
export const startCharge = async (
  deps: ChargeDeps,
  driver: Driver,
  wish: StartWish,
): Promise<Result<Started>> => {
  const [token, wanted] = await Promise.all([appTokenOf(deps, driver), wishOf(deps, driver, wish)])
  if (wanted.kind === 'problem') return wanted
  if (token === undefined) return problem(409, 'No token', 'Your contract has no token of the app.')
  const charge = newCharge(deps, driver, wish, wanted.value)
  let added = await deps.charges.ask(charge)
  if (added.kind === 'running' && (await closeIfOver(deps, added.charge)))
    added = await deps.charges.ask(charge)
  if (added.kind === 'known')
    return isSamePlace(added.charge, charge)
      ? { kind: 'done', value: { charge: added.charge, isNew: false } }
      : {
          ...problem(422, 'Key is used', 'This key belongs to a start at another plug. Use a new one.'),
          type: 'key-used',
        }
  if (added.kind === 'running')
    return {
      ...problem(409, 'A start is running', 'You have asked for this plug already; that is still running.'),
      type: 'start-running',
    }
  await inTime(begin(deps, token, charge), ANSWER_MS)
  const stored = await deps.charges.get(driver.id, charge.id)
  return { kind: 'done', value: { charge: stored ?? { ...charge, seq: 0 }, isNew: true } }
}
