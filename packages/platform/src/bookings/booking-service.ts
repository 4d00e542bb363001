import { isJsonObject, type ocpi230 } from '@interwatt/protocol'
import type { Document, ObjectKey, StoredObject } from '@interwatt/store'
import { CPO_REASONS, EMSP_REASONS } from '../modules/bookings/booking.rules.js'
import type { Decision } from '../modules/bookings/plan-decision.js'
import { isLive } from '../modules/plan-write.js'
import { asDocument } from '../modules/serving.js'
import { type BookingService, type FollowedOrder, type Problem, problem, type Result } from '../services.js'
import {
  type ComposeDeps,
  type Composed,
  composeCancellation,
  composeChange,
  composeNew,
} from './compose-order.js'
import { decideForOperator, readAssignment } from './decide-booking.js'
import { sendOrder } from './send-order.js'

const notAnObject = (): Problem => problem(400, 'Not an object', 'The body is a JSON object.')

const DECISIONS = { ACCEPTED: 'accept', DECLINED: 'decline', FAILED: 'fail' } as const

const decisionOf = (body: Document): Result<Decision> => {
  const { decision, ...assigned } = body
  const kind = Object.entries(DECISIONS).find(([name]) => name === decision)?.[1]
  if (kind === undefined)
    return problem(400, 'Unknown decision', `decision takes one of ${Object.keys(DECISIONS).join(', ')}.`)
  if (kind !== 'accept') return { kind: 'done', value: { kind } }
  const read = readAssignment(assigned)
  return read.kind === 'problem' ? read : { kind: 'done', value: { kind, assigned: read.value } }
}

const reasonIn = (
  body: unknown,
  allowed: readonly ocpi230.CanceledReason[],
): ocpi230.CanceledReason | Problem => {
  const given = isJsonObject(body) ? body.cancellation_reason : undefined
  const reason = allowed.find((each) => each === given)
  return (
    reason ?? problem(400, 'Unknown reason', `cancellation_reason takes one of ${allowed.join(', ')} here.`)
  )
}

const isProblem = (value: Problem | string): value is Problem => typeof value !== 'string'

/** Bookings for the operator API: requests of ours at others, and decisions on those of others at us. */
export const createBookingService = (deps: ComposeDeps): BookingService => {
  const follow = async (order: FollowedOrder['order']): Promise<FollowedOrder> => {
    const key =
      order.bookingId === null
        ? undefined
        : { kind: 'booking' as const, ...order.party, id: order.bookingId.toUpperCase() }
    const booking = key && (await deps.objects.get(key))
    return { order, booking: booking?.document ?? null }
  }
  const send = async (composed: Result<Composed>): Promise<Result<FollowedOrder>> => {
    if (composed.kind === 'problem') return composed
    const { request, ...to } = composed.value
    const sent = await sendOrder(deps, request, to)
    return sent.kind === 'problem' ? sent : { kind: 'done', value: await follow(sent.value) }
  }
  const receivedBooking = async (key: ObjectKey): Promise<StoredObject | undefined> => {
    const row = await deps.objects.get(key)
    return isLive(row) && row.receivedFrom !== null ? row : undefined
  }
  const unknown = (): Problem =>
    problem(404, 'No such booking', 'There is no booking of ours at a partner here.')
  return {
    request: async (body) =>
      isJsonObject(body) ? send(await composeNew(deps, asDocument(body))) : notAnObject(),
    async change(key, body) {
      if (!isJsonObject(body)) return notAnObject()
      const row = await receivedBooking(key)
      return row === undefined ? unknown() : send(await composeChange(deps, row, asDocument(body)))
    },
    async decide(key, body) {
      if (!isJsonObject(body)) return notAnObject()
      const decision = decisionOf(asDocument(body))
      return decision.kind === 'problem' ? decision : decideForOperator(deps, key, decision.value)
    },
    async assign(key, body) {
      if (!isJsonObject(body)) return notAnObject()
      const assigned = readAssignment(asDocument(body))
      if (assigned.kind === 'problem') return assigned
      return decideForOperator(deps, key, { kind: 'assign', assigned: assigned.value })
    },
    async cancel(key, body) {
      const row = await receivedBooking(key)
      const reason = reasonIn(body, row === undefined ? CPO_REASONS : EMSP_REASONS)
      if (isProblem(reason)) return reason
      if (row !== undefined) {
        const sent = await send(await composeCancellation(deps, row, reason))
        return sent.kind === 'problem' ? sent : { kind: 'done', value: sent.value }
      }
      const decided = await decideForOperator(deps, key, { kind: 'cancel', reason })
      if (decided.kind === 'problem') return decided
      return { kind: 'done', value: { order: null, booking: asDocument(decided.value) } }
    },
    async order(id) {
      const order = await deps.bookings.order(id)
      return order && follow(order)
    },
    orders: (query) => deps.bookings.orders(query),
  }
}
