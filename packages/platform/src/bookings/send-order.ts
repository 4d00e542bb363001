import { randomUUID } from 'node:crypto'
import type { ClientPartner, OcpiClient, Outcome } from '@interwatt/client'
import {
  foldCase,
  lift,
  lower,
  ocpi230,
  type PartyId,
  parseDocument,
  sameParty,
  schemaOf,
} from '@interwatt/protocol'
import {
  type BookingOrder,
  type BookingStore,
  bookingKey,
  type NodeEvent,
  type ObjectStore,
  type Partner,
} from '@interwatt/store'
import { type AskAway, awayProblem } from '../directory/away.js'
import type { Directory } from '../directory/partner-directory.js'
import { waitingOf } from '../modules/bookings/booking.rules.js'
import { planReceivedBooking } from '../modules/bookings/plan-received.js'
import { readIncoming } from '../modules/incoming.js'
import { asDocument } from '../modules/serving.js'
import { describeOutcome } from '../registration/discover.js'
import { type Problem, problem, type Result } from '../services.js'

export interface OrderDeps {
  readonly objects: ObjectStore
  readonly bookings: BookingStore
  readonly directory: Directory
  readonly client: OcpiClient
  readonly now: () => number
  readonly askAway: AskAway
  /** How long a partner may leave a request undecided, in milliseconds (BKG-036). */
  readonly decisionTimeoutMs: number
  openPartner(partner: Partner): ClientPartner | undefined
  event(event: NodeEvent): void
}

const TIMEOUT_MS = 30_000
/** After so many attempts without an answer the request is given up. */
const MOST_ATTEMPTS = 10
/** An attempt that has not come back after this is taken for lost. */
const LOST_MS = 60_000

/** Whom a request goes to. */
export interface Recipient {
  readonly partner: Partner
  readonly party: PartyId
}

const openFor = async (deps: OrderDeps, { partner, party }: Recipient): Promise<ClientPartner | Problem> => {
  const open = partner.status === 'REGISTERED' ? deps.openPartner(partner) : undefined
  if (open === undefined)
    return problem(409, 'The partner is not connected', `${partner.name} is ${partner.status}.`)
  const away = await deps.askAway(partner, party)
  return away === undefined ? open : awayProblem(away)
}

const isProblem = (value: Problem | object): value is Problem => 'kind' in value && value.kind === 'problem'

type Change = Parameters<BookingStore['updateOrder']>[1]

/** The Booking in an answer, stored as if it had been pushed; why not, when it is none of this order. */
export const takeAnswer = async (
  deps: OrderDeps,
  order: BookingOrder,
  open: ClientPartner,
  data: unknown,
): Promise<Change> => {
  const schema = schemaOf(open.version, 'booking')
  const parsed = schema && parseDocument(schema, data, 'whole')
  const canonical = parsed?.ok
    ? parseDocument(
        ocpi230.Booking,
        lift('booking', open.version, asDocument(parsed.value), 'whole').document,
        'whole',
      )
    : undefined
  if (!canonical?.ok) return { state: 'FAILED', message: 'The partner sent an answer that is no Booking.' }
  const { id, country_code, party_id, request_id } = canonical.value
  const isOurs = sameParty(order.party, { countryCode: country_code, partyId: party_id })
  if (!isOurs || foldCase(request_id) !== foldCase(order.requestId))
    return { state: 'FAILED', message: 'The partner answered with a Booking of another request or party.' }
  const key = bookingKey(order.party, id)
  const origin = { version: open.version, receivedFrom: order.partnerId, nowMs: deps.now() }
  const incoming = readIncoming('booking', asDocument(canonical.value), origin)
  await deps.objects.write({ reads: [key], plan: (read) => planReceivedBooking(key, incoming, read) })
  const waiting = waitingOf(canonical.value) !== 'nothing'
  const decideBy = new Date(deps.now() + deps.decisionTimeoutMs).toISOString()
  return { state: 'ANSWERED', bookingId: id, ...(waiting ? { decideBy } : {}) }
}

/** Whether a partner said nothing about the request: no usable answer, or one that speaks of its own trouble (3xxx, 4xxx). */
export const isUnanswered = (outcome: Outcome): boolean =>
  outcome.kind === 'outage' ||
  (outcome.kind === 'refused' && outcome.statusCode >= 3000 && outcome.statusCode < 5000)

const afterOutcome = async (
  deps: OrderDeps,
  order: BookingOrder,
  open: ClientPartner,
  outcome: Outcome,
): Promise<Change> => {
  const finishedAt = new Date(deps.now()).toISOString()
  if (outcome.kind === 'ok') return { ...(await takeAnswer(deps, order, open, outcome.data)), finishedAt }
  const message = `The partner ${describeOutcome(outcome)}`
  if (!isUnanswered(outcome)) return { state: 'REFUSED', message, finishedAt }
  // Repeating the same request is safe: it is known by its id (BKG-022).
  return order.attempts < MOST_ATTEMPTS ? { message } : { state: 'FAILED', message, finishedAt }
}

/** Tells the back end how an order stands. */
export const tellOrder = (deps: Pick<OrderDeps, 'event'>, order: BookingOrder): void => {
  const { id, requestId, state, message, bookingId } = order
  const data = { id, request_id: requestId, state, message, booking_id: bookingId }
  deps.event({ type: 'booking_order.updated', subject: id, data })
}

const attempt = async (deps: OrderDeps, order: BookingOrder, open: ClientPartner): Promise<BookingOrder> => {
  const lowered = lower('booking_request', open.version, order.request, 'whole')
  const finishedAt = new Date(deps.now()).toISOString()
  const change: Change =
    lowered.kind === 'withheld'
      ? { state: 'FAILED', message: lowered.reason, finishedAt }
      : await deps.client
          .call(
            open,
            'bookings.sender.request',
            { params: {}, body: lowered.document },
            {
              to: order.party,
              from: {
                countryCode: String(order.request.country_code),
                partyId: String(order.request.party_id),
              },
              timeoutMs: TIMEOUT_MS,
            },
          )
          .then((outcome) => afterOutcome(deps, order, open, outcome))
  const changed = await deps.bookings.updateOrder(order.id, change)
  const latest = changed ?? (await deps.bookings.order(order.id)) ?? order
  tellOrder(deps, latest)
  return latest
}

/** Stores a request, then sends it: it is there before it leaves, and an unanswered one is repeated (promise 1). */
export const sendOrder = async (
  deps: OrderDeps,
  request: ocpi230.BookingRequest,
  to: Recipient,
): Promise<Result<BookingOrder>> => {
  const { partner, party } = to
  const open = await openFor(deps, to)
  if (isProblem(open)) return open
  const lowered = lower('booking_request', open.version, asDocument(request), 'whole')
  if (lowered.kind === 'withheld')
    return problem(422, `Not possible in version ${open.version}`, lowered.reason)
  const nowIso = new Date(deps.now()).toISOString()
  const order: BookingOrder = {
    id: randomUUID(),
    requestId: request.request_id,
    partnerId: partner.id,
    party: { countryCode: party.countryCode, partyId: party.partyId },
    request: asDocument(request),
    state: 'SENDING',
    message: null,
    bookingId: null,
    attempts: 1,
    createdAt: nowIso,
    triedAt: nowIso,
    finishedAt: null,
    decideBy: null,
  }
  await deps.bookings.addOrder(order)
  return { kind: 'done', value: await attempt(deps, order, open) }
}

/** Orders repeated side by side. */
const AT_ONCE = 20

/** Sends again what was never answered, as long as the partner is connected; goes on as long as answers come. */
export const repeatOrders = async (deps: OrderDeps): Promise<void> => {
  for (let answered = true; answered; ) {
    const nowMs = deps.now()
    const lost = new Date(nowMs - LOST_MS).toISOString()
    const taken = await deps.bookings.takeUnanswered(lost, new Date(nowMs).toISOString(), AT_ONCE)
    const latest = await Promise.all(taken.map((order) => repeat(deps, order)))
    answered = taken.length === AT_ONCE && latest.some((state) => state !== 'SENDING')
  }
}

const repeat = async (deps: OrderDeps, order: BookingOrder): Promise<BookingOrder['state']> => {
  const partner = await deps.directory.partner(order.partnerId)
  const open = partner && (await openFor(deps, { partner, party: order.party }))
  if (open && !isProblem(open)) return (await attempt(deps, order, open)).state
  if (order.attempts < MOST_ATTEMPTS) return 'SENDING'
  const finishedAt = new Date(deps.now()).toISOString()
  const message = open?.detail ?? 'The partner is not connected.'
  await deps.bookings.updateOrder(order.id, { state: 'FAILED', message, finishedAt })
  return 'FAILED'
}
