/** Statuses in which a booking keeps its slot from others. */
const KEEPS = new Set(['RESERVED', 'FULFILLED'])

const groupsOf = (documents, keyOf) => {
  const groups = new Map()
  for (const document of documents)
    groups.set(keyOf(document), [...(groups.get(keyOf(document)) ?? []), document])
  return groups
}

const placeOf = (booking) => booking.booking_requests[0].booking_request.booking_location_id
const overlap = (a, b) =>
  a.period.start_date_time < b.period.end_date_time && b.period.start_date_time < a.period.end_date_time

/** Requests that became two bookings. */
const doubled = (documents, where) =>
  [...groupsOf(documents, ({ request_id }) => request_id)]
    .filter(([, bookings]) => bookings.length > 1)
    .map(([request]) => `request ${request} is two bookings at the ${where}`)

/** Slots that were given twice. */
const givenTwice = (own) =>
  [
    ...groupsOf(
      own.filter(({ reservation_status }) => KEEPS.has(reservation_status)),
      placeOf,
    ),
  ].flatMap(([place, bookings]) =>
    bookings.flatMap((one, index) =>
      bookings
        .slice(index + 1)
        .filter((other) => overlap(one, other))
        .map((other) => `${place} is booked twice: ${one.id} and ${other.id}`),
    ),
  )

/** What back ends were told and what does not hold any more; empty when nothing of it was lost. */
const broken = (own, received, { answered, granted, cancelled }) => {
  const [atCpo, atEmsp] = [own, received].map((list) => new Map(list.map((booking) => [booking.id, booking])))
  return [
    ...[...answered].flatMap(([request, id]) =>
      [
        [atCpo, 'CPO'],
        [atEmsp, 'eMSP'],
      ]
        .filter(([held]) => held.get(id)?.request_id !== request)
        .map(([, where]) => `booking ${id} of the answered request ${request} is not at the ${where}`),
    ),
    ...[...granted]
      .filter((id) => !['RESERVED', 'CANCELED'].includes(atCpo.get(id)?.reservation_status))
      .map((id) => `booking ${id} was granted and is ${atCpo.get(id)?.reservation_status}`),
    ...[...cancelled]
      .filter((id) => atCpo.get(id)?.reservation_status !== 'CANCELED')
      .map((id) => `booking ${id} was cancelled and is ${atCpo.get(id)?.reservation_status}`),
  ]
}

/**
 * What is wrong with the bookings of a run: an answered request without its booking, a request that became two, a slot given twice, a
 * decision or cancellation that was acknowledged and is forgotten. `told` is what the back ends know; `orders` are all orders of the eMSP.
 */
export const bookingFaults = ({ own, received }, orders, told) => {
  const known = new Set(orders.map(({ id }) => id))
  return [
    ...doubled(own, 'CPO'),
    ...doubled(received, 'eMSP'),
    ...givenTwice(own),
    ...broken(own, received, told),
    ...[...told.orders]
      .filter((id) => !known.has(id))
      .map((id) => `order ${id} was acknowledged and is gone`),
    ...orders
      .filter(({ state }) => state === 'FAILED' || state === 'REFUSED')
      .map(({ id, state, message }) => `order ${id} is ${state}: ${message}`),
  ]
}
