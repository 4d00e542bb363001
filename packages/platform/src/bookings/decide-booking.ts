import { ocpi230, parseDocument } from '@interwatt/protocol'
import { bookingLocationKey, type Document, type ObjectKey, SlotTaken } from '@interwatt/store'
import { askedIn, readBooking } from '../modules/bookings/booking-identity.js'
import { type HeldDeps, readHeld, untilStill } from '../modules/bookings/held.js'
import {
  type Assignment,
  type Decided,
  type Decision,
  planDecision,
} from '../modules/bookings/plan-decision.js'
import { isLive } from '../modules/plan-write.js'
import { asDocument } from '../modules/serving.js'
import { invalid } from '../objects/own-objects.js'
import { type Problem, problem, type Result } from '../services.js'

/** Decides on an own booking and stores it with what it holds. */
export const decideBooking = async (deps: HeldDeps, key: ObjectKey, decision: Decision): Promise<Decided> =>
  untilStill(async () => {
    const row = await deps.objects.get(key)
    if (!isLive(row) || row.receivedFrom !== null) return { kind: 'unknown' }
    const { bookingLocationId = '' } = askedIn(readBooking(row.document))
    const held = await readHeld(deps, { key, placeKey: bookingLocationKey(key, bookingLocationId) })
    const reads = [held.key, held.placeKey]
    return (await deps.objects.write({ reads, plan: (read) => planDecision(held, decision, read) })).result
  })

const problemOf = (decided: Exclude<Decided, { kind: 'decided' }>): Problem => {
  switch (decided.kind) {
    case 'unknown':
      return problem(404, 'No such own booking', 'Only bookings of a party this node hosts are decided here.')
    case 'final':
      return problem(409, `The booking is ${decided.status}`, 'Nothing changes after that (BKG-035).')
    case 'nothing_to_decide':
      return problem(409, 'Nothing to decide', 'No request for this booking is PENDING.')
    case 'moved':
      return problem(409, 'The booking changes all the time', 'Look at it again and repeat.')
  }
}

/** A decision of our own side, for the operator API. */
export const decideForOperator = async (
  deps: HeldDeps,
  key: ObjectKey,
  decision: Decision,
): Promise<Result<ocpi230.Booking>> => {
  try {
    const decided = await decideBooking(deps, key, decision)
    return decided.kind === 'decided' ? { kind: 'done', value: decided.booking } : problemOf(decided)
  } catch (error) {
    if (!(error instanceof SlotTaken)) throw error
    return problem(409, 'The EVSE is booked', 'Another booking holds this EVSE at that time (BKG-029).')
  }
}

const ASSIGNABLE = ['booking_option', 'booking_tokens', 'access_information', 'tariff_ids'] as const

/** What a back end may assign to a booking, read by the field table; anything else is refused. */
export const readAssignment = (body: Document): Result<Assignment> => {
  const known: readonly string[] = ASSIGNABLE
  const other = Object.keys(body).find((name) => !known.includes(name) && name !== 'last_updated')
  if (other !== undefined)
    return problem(
      422,
      'Not yours to set',
      `/${other}: only ${ASSIGNABLE.join(', ')} of a booking are assigned; the rest follows from requests and decisions.`,
    )
  const parsed = parseDocument(ocpi230.Booking, asDocument(body), 'patch')
  if (!parsed.ok) return invalid(parsed.findings)
  const { booking_option, booking_tokens, access_information, tariff_ids } = parsed.value
  return { kind: 'done', value: { booking_option, booking_tokens, access_information, tariff_ids } }
}
