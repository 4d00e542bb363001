import type { ClientPartner, Outcome } from '@interwatt/client'
import { foldCase, isJsonObject } from '@interwatt/protocol'
import { type BookingOrder, bookingKey, type Partner, type StoredObject } from '@interwatt/store'
import { partnerHosts } from '../directory/partner-hosts.js'
import { waitingOf } from '../modules/bookings/booking.rules.js'
import { readBooking } from '../modules/bookings/booking-identity.js'
import { isLive } from '../modules/plan-write.js'
import { type ComposeDeps, composeCancellation } from './compose-order.js'
import { isUnanswered, sendOrder, takeAnswer, tellOrder } from './send-order.js'

/** An order is with one node for so long; longer than everything it does with it. After that it is taken again. */
const LEASE_MS = 180_000
const AT_ONCE = 20
const PAGE_TIMEOUT_MS = 20_000
const MOST_PAGES = 4

interface Due {
  readonly order: BookingOrder
  readonly row: StoredObject
  readonly partner: Partner
  readonly open: ClientPartner
}

const stored = async (deps: ComposeDeps, order: BookingOrder): Promise<StoredObject | undefined> => {
  const row = await deps.objects.get(bookingKey(order.party, order.bookingId ?? ''))
  return isLive(row) && row.receivedFrom === order.partnerId ? row : undefined
}

const settle = async (deps: ComposeDeps, { id }: BookingOrder, message?: string): Promise<void> => {
  const settled = await deps.bookings.settleOrder(id, message ?? null)
  if (settled !== undefined && message !== undefined) tellOrder(deps, settled)
}

const isOf = (item: unknown, { requestId }: BookingOrder): boolean =>
  isJsonObject(item) &&
  typeof item.request_id === 'string' &&
  foldCase(item.request_id) === foldCase(requestId)

/** Reads the partner's list of bookings, as far as it changed since what is stored; there is no GET of a single one. */
const readAgain = async (deps: ComposeDeps, { order, row, partner, open }: Due): Promise<Outcome> => {
  const { country_code: country, party_id: party } = order.request
  const context = {
    to: order.party,
    from: { countryCode: String(country), partyId: String(party) },
    timeoutMs: PAGE_TIMEOUT_MS,
  }
  const query = { date_from: String(row.document.last_updated), limit: '100' }
  let outcome = await deps.client.call(open, 'bookings.sender.list', { params: {}, query }, context)
  for (let page = 1; outcome.kind === 'ok'; page++) {
    const items: readonly unknown[] = Array.isArray(outcome.data) ? outcome.data : []
    const found = items.find((item) => isOf(item, order))
    if (found !== undefined) await takeAnswer(deps, order, open, found)
    if (found !== undefined || outcome.next === undefined || page === MOST_PAGES) return outcome
    const { version } = open
    outcome = await deps.client.get(open, outcome.next, {
      ...context,
      version,
      allowedHosts: partnerHosts(partner),
    })
  }
  return outcome
}

/** A cancellation of the same booking that was made already: by the back end, or by a node that died right after. */
const wasCancelled = async (deps: ComposeDeps, { requestId }: BookingOrder): Promise<boolean> => {
  const orders = await deps.bookings.orders({ requestId, limit: AT_ONCE })
  return orders.some(
    ({ request, state }) => request.canceled !== undefined && (state === 'SENDING' || state === 'ANSWERED'),
  )
}

const cancel = async (deps: ComposeDeps, { order, partner }: Due, row: StoredObject): Promise<void> => {
  if (await wasCancelled(deps, order)) return settle(deps, order)
  const composed = await composeCancellation(deps, row, 'UNKNOWN')
  if (composed.kind === 'problem')
    return settle(deps, order, `It was not decided in time. ${composed.detail}`)
  const sent = await sendOrder(deps, composed.value.request, { partner, party: order.party })
  const became = sent.kind === 'problem' ? sent.detail : 'A cancellation was sent.'
  await settle(deps, order, `It was not decided in time. ${became}`)
}

const pursue = async (deps: ComposeDeps, order: BookingOrder): Promise<void> => {
  const row = await stored(deps, order)
  if (row === undefined) return settle(deps, order)
  const booking = readBooking(row.document)
  if (waitingOf(booking) === 'nothing') return settle(deps, order)
  if (Date.parse(booking.period.end_date_time) <= deps.now())
    return settle(deps, order, 'It was not decided before its time was over.')
  const partner = await deps.directory.partner(order.partnerId)
  const open = partner?.status === 'REGISTERED' ? deps.openPartner(partner) : undefined
  if (!partner || !open) return
  const due = { order, row, partner, open }
  // NOTE: without an answer the order stays, and is taken again when its lease ends.
  if (isUnanswered(await readAgain(deps, due))) return
  const latest = await stored(deps, order)
  const waiting = latest === undefined ? 'nothing' : waitingOf(readBooking(latest.document))
  if (latest === undefined || waiting === 'nothing') return settle(deps, order)
  // Whoever asked for a change keeps the booking that stands; a cancellation is not cancelled.
  if (waiting === 'request' || order.request.canceled !== undefined)
    return settle(deps, order, 'It was not decided in time. The booking stands as it is.')
  await cancel(deps, due, latest)
}

/**
 * Follows requests of ours that a partner has not decided in time: reads its bookings once more and cancels what still is PENDING
 * (BKG-036). An order is taken by one node; should that die, another one takes it later. What goes wrong with one order holds up no
 * other; the first such error is thrown at the end.
 */
export const pursueUndecided = async (deps: ComposeDeps): Promise<void> => {
  const nowMs = deps.now()
  const lease = new Date(nowMs + LEASE_MS).toISOString()
  const due = await deps.bookings.takeUndecided(new Date(nowMs).toISOString(), lease, AT_ONCE)
  const outcomes = await Promise.allSettled(due.map((order) => pursue(deps, order)))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
}
