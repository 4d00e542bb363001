import { randomUUID } from 'node:crypto'
import { foldCase } from '@interwatt/protocol'
import {
  type Document,
  type Driver,
  type DriverLanguage,
  type DriverReservation,
  evseKey,
  locationKey,
} from '@interwatt/store'
import type { PriceService } from '../../prices/price-service.js'
import { problem, type Result } from '../../result.js'
import { reservationEvent } from '../charges/charge-news.js'
import type { ChargeDeps } from '../charges/deps.js'
import { ANSWER_MS, inTime } from '../charges/in-time.js'
import { appTokenOf, type ChosenPlace, failureOf } from '../charges/start-charge.js'
import { inLanguage, textOf } from '../stations/document-parts.js'
import { reservationCost } from './reservation-cost.js'
import { isHeld, stateOfReservation } from './reservation-state.rules.js'
import { reservationReasonText, reservationStateText } from './reservation-words.js'

/** What reserving works with. */
export interface ReservationDeps extends ChargeDeps {
  readonly offers: Pick<PriceService, 'offers'>
}

/** A reservation as the app gets it. */
export type ReservationView = Awaited<ReturnType<typeof viewReservation>>

/** What a driver does with reservations; those of others are not there. */
export interface ReservationService {
  add(
    driver: Driver,
    place: ChosenPlace,
    minutes: number,
    language: DriverLanguage,
  ): Promise<Result<ReservationView>>
  /** What it costs by the tariff, on top of charging there; null where that is not known. */
  cost(place: ChosenPlace, minutes: number, language: DriverLanguage): Promise<Document | null>
  list(driver: Driver, language: DriverLanguage): Promise<readonly ReservationView[]>
  get(driver: Driver, id: string, language: DriverLanguage): Promise<Result<ReservationView>>
  cancel(driver: Driver, id: string, language: DriverLanguage): Promise<Result<ReservationView>>
}

const MINUTE_MS = 60_000
const MOST_SHOWN = 50

const stateNow = async (deps: ReservationDeps, reservation: DriverReservation) => {
  const sent = await deps.commands.sentWithReference(reservation.authorizationReference)
  const command = sent.find(({ type }) => type === 'RESERVE_NOW')
  const cancelId = reservation.cancel?.command_id
  const cancelCommand = typeof cancelId === 'string' ? await deps.commands.get(cancelId) : undefined
  const named = await deps.lookup.byAuthorizationReference(foldCase(reservation.authorizationReference))
  const isUsed = named.some(
    ({ key, document }) =>
      key.kind === 'session' && ['ACTIVE', 'COMPLETED'].includes(String(document.status)),
  )
  const facts = { reservation, command, cancelCommand, isUsed, nowMs: deps.now() }
  return { command, cancelCommand, ...stateOfReservation(facts) }
}

const viewReservation = async (
  deps: ReservationDeps,
  reservation: DriverReservation,
  language: DriverLanguage,
) => {
  const { party, locationId, evseUid, connectorId, cost } = reservation
  const [{ state, reason, command, cancelCommand }, location, evse] = await Promise.all([
    stateNow(deps, reservation),
    deps.objects.get(locationKey(party, locationId)),
    deps.objects.get(evseKey(party, locationId, evseUid)),
  ])
  return {
    id: reservation.id,
    state,
    state_text: reservationStateText(state, language),
    reason:
      reason === null
        ? null
        : {
            code: reason,
            text: reservationReasonText(reason, language),
            operator_says: inLanguage((cancelCommand ?? command)?.message, language),
          },
    is_held: isHeld({ state }),
    can_cancel: state === 'reserved',
    station: {
      ...{ country_code: party.countryCode, party_id: party.partyId, id: locationId },
      name: textOf(location?.document.name) ?? textOf(location?.document.address) ?? locationId,
      address: textOf(location?.document.address),
      city: textOf(location?.document.city),
    },
    evse: {
      uid: evseUid,
      evse_id: textOf(evse?.document.evse_id),
      physical_reference: textOf(evse?.document.physical_reference),
    },
    connector_id: connectorId,
    cost,
    asked_at: reservation.askedAt,
    expires_at: reservation.expiresAt,
  }
}

const reserve = async (
  deps: ReservationDeps,
  token: { readonly uid: string; readonly type: string },
  reservation: DriverReservation,
): Promise<void> => {
  const { party, locationId, evseUid, id, expiresAt, authorizationReference } = reservation
  let failure: Document | undefined
  try {
    const sent = await deps.send('RESERVE_NOW', {
      token: { uid: token.uid, type: token.type },
      ...{ country_code: party.countryCode, party_id: party.partyId },
      ...{ location_id: locationId, evse_uid: evseUid, reservation_id: id, expiry_date: expiresAt },
      authorization_reference: authorizationReference,
    })
    if (sent.kind === 'problem') failure = failureOf(sent)
  } catch (error) {
    deps.logError(error)
    failure = { status: 500, title: 'Not sent', detail: 'The request could not be sent.' }
  }
  if (failure !== undefined) await deps.charges.changeReservation(id, { failure })
  await deps.events.append(reservationEvent(reservation))
}

const giveUp = async (
  deps: ReservationDeps,
  reservation: DriverReservation,
  askedAt: string,
): Promise<void> => {
  const { id, party } = reservation
  let rest: Document
  try {
    const sent = await deps.send('CANCEL_RESERVATION', {
      ...{ country_code: party.countryCode, party_id: party.partyId, reservation_id: id },
    })
    rest = sent.kind === 'problem' ? { failure: failureOf(sent) } : { command_id: sent.value.id }
  } catch (error) {
    deps.logError(error)
    rest = { failure: { status: 500, title: 'Not sent', detail: 'The request could not be sent.' } }
  }
  await deps.charges.changeReservation(id, { cancel: { asked_at: askedAt, ...rest } })
  await deps.events.append(reservationEvent(reservation))
}

const alreadyHeld = (): Result<never> => ({
  ...problem(
    409,
    'You hold a reservation',
    'You have one reservation at a time; cancel the other one first.',
  ),
  type: 'reservation-held',
})

const add = async (
  deps: ReservationDeps,
  driver: Driver,
  place: ChosenPlace,
  wanted: { readonly minutes: number; readonly language: DriverLanguage },
): Promise<Result<DriverReservation>> => {
  const token = await appTokenOf(deps, driver)
  if (token === undefined) return problem(409, 'No token', 'Your contract has no token of the app.')
  const before = await deps.charges.reservations(driver.id, MOST_SHOWN)
  const states = await Promise.all(before.map((one) => stateNow(deps, one)))
  if (states.some(isHeld)) return alreadyHeld()
  const nowMs = deps.now()
  const start = new Date(nowMs).toISOString()
  const reservation: DriverReservation = {
    ...{ id: randomUUID(), driverId: driver.id, ...place },
    authorizationReference: randomUUID(),
    cost: await reservationCost(deps.offers, place, { ...wanted, start }),
    ...{ failure: null, cancel: null, askedAt: start },
    expiresAt: new Date(nowMs + wanted.minutes * MINUTE_MS).toISOString(),
  }
  const known = before.map(({ id }) => id)
  if (!(await deps.charges.addReservation(reservation, known))) return alreadyHeld()
  await inTime(reserve(deps, token, reservation), ANSWER_MS)
  return { kind: 'done', value: (await deps.charges.reservation(driver.id, reservation.id)) ?? reservation }
}

/** Reservations of drivers. */
export const createReservationService = (deps: ReservationDeps): ReservationService => {
  const viewed = async (
    result: Result<DriverReservation>,
    language: DriverLanguage,
  ): Promise<Result<ReservationView>> =>
    result.kind === 'done'
      ? { kind: 'done', value: await viewReservation(deps, result.value, language) }
      : result
  const found = async (driver: Driver, id: string): Promise<Result<DriverReservation>> => {
    const reservation = await deps.charges.reservation(driver.id, id)
    return reservation === undefined
      ? problem(404, 'Not found', 'You have no such reservation.')
      : { kind: 'done', value: reservation }
  }
  return {
    add: async (driver, place, minutes, language) =>
      viewed(await add(deps, driver, place, { minutes, language }), language),
    cost: (place, minutes, language) =>
      reservationCost(deps.offers, place, { minutes, language, start: new Date(deps.now()).toISOString() }),
    async list(driver, language) {
      const all = await deps.charges.reservations(driver.id, MOST_SHOWN)
      return Promise.all(all.map((one) => viewReservation(deps, one, language)))
    },
    get: async (driver, id, language) => viewed(await found(driver, id), language),
    async cancel(driver, id, language) {
      const reservation = await found(driver, id)
      if (reservation.kind === 'problem') return reservation
      const { state } = await stateNow(deps, reservation.value)
      if (state === 'reserved') {
        const askedAt = new Date(deps.now()).toISOString()
        await deps.charges.changeReservation(id, { cancel: { asked_at: askedAt } })
        await inTime(giveUp(deps, reservation.value, askedAt), ANSWER_MS)
      } else if (state !== 'cancelling' && state !== 'cancelled')
        return {
          ...problem(409, 'Nothing to cancel', 'This reservation does not hold a plug.'),
          type: 'nothing-to-cancel',
        }
      return viewed(await found(driver, id), language)
    },
  }
}
