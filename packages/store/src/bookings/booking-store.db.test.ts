import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bookingKey, bookingLocationKey } from '../keys/index.js'
import { createObjectStore, SlotTaken } from '../objects/index.js'
import type { BookingOrder, BookingStore, Hold, ObjectStore, Upsert } from '../ports/index.js'
import { type TestDatabase, testDatabase } from '../testing/index.js'
import { createBookingStore } from './booking-store.js'

const party = { countryCode: 'DE', partyId: 'ABC' }
let fresh: TestDatabase
let other: ObjectStore
let store: ObjectStore
let bookings: BookingStore
beforeAll(async () => {
  fresh = await testDatabase()
  store = createObjectStore(fresh.database)
  other = createObjectStore(fresh.database)
  bookings = createBookingStore(fresh.database)
})
afterAll(() => fresh.drop())

const hold = (place: string, from: string, to: string): Hold => ({
  place,
  from: `2026-03-01T${from}:00.000Z`,
  to: `2026-03-01T${to}:00.000Z`,
  calendar: { id: 'C1' },
})

const booking = (id: string, holds: readonly Hold[], document: Upsert['document'] = {}): Upsert => ({
  key: bookingKey(party, id),
  document: { id, ...document },
  lastUpdated: '2026-01-01T00:00:00.000Z',
  versionIn: '2.3.0',
  unmapped: null,
  receivedFrom: null,
  changedFields: null,
  holds,
})

const put = (through: ObjectStore, upsert: Upsert) =>
  through.write({ reads: [upsert.key], plan: () => ({ upserts: [upsert], result: 'put' }) })

describe('holds', () => {
  test('of twenty bookings of one slot at two nodes exactly one is stored (BKG-029)', async () => {
    const slot = hold('race', '10:00', '11:00')
    const writes = Array.from({ length: 20 }, (_, index) =>
      put(index % 2 === 0 ? store : other, booking(`race-${index}`, [slot])),
    )
    const settled = await Promise.allSettled(writes)
    const refused = settled.filter((each) => each.status === 'rejected')
    expect(refused).toHaveLength(19)
    for (const each of refused) expect(each.reason).toBeInstanceOf(SlotTaken)
    const stored = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.get(bookingKey(party, `race-${index}`))),
    )
    expect(stored.filter((row) => row !== undefined)).toHaveLength(1)
    expect(await bookings.holdsOn(['race'], '2026-01-01T00:00:00Z')).toEqual([slot])
  })

  test('touching slots and other places are free, overlaps of a minute are not', async () => {
    await put(store, booking('a', [hold('p', '10:00', '11:00')]))
    await put(store, booking('b', [hold('p', '11:00', '12:00')]))
    await put(store, booking('c', [hold('q', '10:30', '11:30')]))
    await expect(put(store, booking('d', [hold('p', '09:00', '10:01')]))).rejects.toBeInstanceOf(SlotTaken)
  })

  test('a booking can move over its own time, and what it lets go is free', async () => {
    await put(store, booking('m', [hold('moving', '10:00', '11:00')]))
    await put(store, booking('m', [hold('moving', '10:30', '12:00')], { moved: true }))
    expect(await bookings.holdsOf(bookingKey(party, 'm'))).toEqual([hold('moving', '10:30', '12:00')])
    await put(store, booking('n', [hold('moving', '10:00', '10:30')]))
    await put(store, booking('m', [], { moved: 'away' }))
    await put(store, booking('o', [hold('moving', '10:30', '12:00')]))
    expect(await bookings.pruneHolds('2026-03-01T11:00:00Z')).toBeGreaterThan(0)
  })
})

describe('finding', () => {
  const requested = (countryCode: string, more: object) => ({
    booking_requests: [{ booking_request: { country_code: countryCode, party_id: 'ems' } }],
    period: { start_date_time: '2026-03-01T10:00:00Z', end_date_time: '2026-03-01T11:00:00Z' },
    booking_terms: { noshow_timeout: 15 },
    reservation_status: 'RESERVED',
    location_id: 'Loc-1',
    authorization_reference: `ref-${countryCode}`,
    ...more,
  })

  test('bookings by requester, location, reference and begin', async () => {
    await put(store, booking('nl', [], requested('nl', {})))
    await put(store, booking('be', [], requested('BE', { reservation_status: 'PENDING' })))
    const nl = { countryCode: 'NL', partyId: 'EMS' }
    const page = await store.page({ kind: 'booking', requesters: [nl], limit: 10 })
    expect(page.items.map(({ key }) => key.id)).toEqual(['NL'])
    expect((await store.page({ kind: 'booking', requesters: [], limit: 10 })).total).toBe(0)
    const ids = (rows: readonly { key: { id: string } }[]) => rows.map(({ key }) => key.id)
    expect(ids(await bookings.reservedAt(party, 'LOC-1'))).toEqual(['NL'])
    expect(ids(await bookings.byReference(party, 'REF-be'))).toEqual(['BE'])
    expect(ids(await bookings.overdue('2026-03-01T10:15:00Z', 10))).toEqual(['BE', 'NL'])
    expect(ids(await bookings.overdue('2026-03-01T10:14:59Z', 10))).toEqual(['BE'])
    expect(await bookings.overdue('2026-03-01T09:59:59Z', 10)).toEqual([])
    expect(await bookings.sessionsByReference(party, 'ref-nl')).toEqual([])
  })

  test('booking locations by a timeslot that overlaps, from inclusive and to exclusive (BKG-002)', async () => {
    const slot = { start_date_time: '2026-03-01T10:00:00Z', end_date_time: '2026-03-01T11:00:00Z' }
    const key = bookingLocationKey(party, 'BL1')
    const document = { id: 'BL1', calendars: [{ id: 'C', available_timeslots: [slot] }] }
    await put(store, { ...booking('x', []), key, document, holds: [] })
    const total = async (timeslotFrom?: string, timeslotTo?: string) => {
      const times = { ...(timeslotFrom && { timeslotFrom }), ...(timeslotTo && { timeslotTo }) }
      return (await store.page({ kind: 'booking_location', limit: 10, ...times })).total
    }
    expect(await total('2026-03-01T10:59:59Z')).toBe(1)
    expect(await total('2026-03-01T11:00:00Z')).toBe(0)
    expect(await total(undefined, '2026-03-01T10:00:00Z')).toBe(0)
    expect(await total('2026-03-01T09:00:00Z', '2026-03-01T10:00:01Z')).toBe(1)
  })
})

test('an order is there before it is answered, taken by one node and finished once', async () => {
  const order: BookingOrder = {
    id: randomUUID(),
    requestId: 'R1',
    partnerId: 'p1',
    party,
    request: { request_id: 'R1' },
    state: 'SENDING',
    message: null,
    bookingId: null,
    attempts: 1,
    createdAt: '2026-03-01T10:00:00.000Z',
    triedAt: '2026-03-01T10:00:00.000Z',
    finishedAt: null,
    decideBy: null,
  }
  await bookings.addOrder(order)
  expect(await bookings.order(order.id)).toEqual(order)
  const now = '2026-03-01T10:05:00.000Z'
  const taken = await Promise.all([1, 2].map(() => bookings.takeUnanswered('2026-03-01T10:01:00Z', now, 10)))
  expect(taken.flat()).toMatchObject([{ id: order.id, attempts: 2, triedAt: now }])
  const decideBy = '2026-03-01T10:10:00.000Z'
  const done = { state: 'ANSWERED', bookingId: 'B1', finishedAt: now, decideBy } as const
  expect(await bookings.updateOrder(order.id, done)).toMatchObject(done)
  expect(await bookings.updateOrder(order.id, { state: 'FAILED' })).toBeUndefined()
  expect(await bookings.orders({ requestId: 'R1', limit: 5 })).toMatchObject([{ id: order.id }])
  const lease = '2026-03-01T10:13:00.000Z'
  expect(await bookings.takeUndecided('2026-03-01T10:09:59.999Z', lease, 10)).toEqual([])
  const due = await Promise.all([1, 2].map(() => bookings.takeUndecided(decideBy, lease, 10)))
  expect(due.flat()).toMatchObject([{ id: order.id, decideBy: lease }])
  expect(await bookings.takeUndecided(lease, '2026-03-01T10:16:00.000Z', 10)).toHaveLength(1)
  expect(await bookings.settleOrder(order.id, 'Too late.')).toMatchObject({
    decideBy: null,
    message: 'Too late.',
  })
  expect(await bookings.settleOrder(order.id, null)).toMatchObject({ message: 'Too late.' })
  expect(await bookings.takeUndecided('2100-01-01T00:00:00Z', lease, 10)).toEqual([])
  expect(await bookings.pruneOrders('2026-04-01T00:00:00Z')).toBe(1)
})
