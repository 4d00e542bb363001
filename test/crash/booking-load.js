import { setTimeout as sleep } from 'node:timers/promises'
import { CPO } from './documents.js'
import { call, insist, isUnknown } from './operator-api.js'

const PLACES = 16
const SLOT_MS = 30 * 60_000
const SLOTS = 48
const DAY_MS = 86_400_000
/** Drivers rest this long between two bookings, in milliseconds: few enough that a run holds some hundreds. */
const REST = [250, 700]

/** Midnight after tomorrow: only what lies ahead can be booked. */
const dayMs = (Math.floor(Date.now() / DAY_MS) + 2) * DAY_MS
const at = (slot) => new Date(dayMs + slot * SLOT_MS).toISOString()
const span = (from, to) => ({ start_date_time: at(from), end_date_time: at(to) })

/** A booking location at a location that rests otherwise, free all day. */
const place = (number) => ({
  location_id: `R${number}`,
  booking_option: { evse_uid: `R${number}-E1`, connector_id: '1', vehicle_types: ['PERSONAL_VEHICLE'] },
  policy: { reservation_required: false, ad_hoc: 1 },
  booking_terms: {
    rfid_auth_required: false,
    token_groups_supported: false,
    remote_auth_supported: true,
    supported_access_methods: ['TOKEN'],
    overlapping_bookings_allowed: true,
    change_until_minutes: 60,
    cancel_until_minutes: 30,
    early_start_allowed: false,
    noshow_timeout: 15,
    min_booking_duration: 30,
    max_booking_duration: 240,
  },
  calendars: [
    {
      id: 'DAY',
      begin_from: at(0),
      end_before: at(SLOTS),
      timeslot_increment: 30,
      available_timeslots: [
        { ...span(0, SLOTS), min_power: 11_000, max_power: 22_000, green_energy_support: true },
      ],
    },
  ],
})

/**
 * Drivers who book at the CPO through the eMSP, two for every slot, and the CPO's back end that grants what it finds. `told` is what
 * was acknowledged to them, and has to hold after every kill.
 */
export const createBookingLoad = ({ cpo, emsp, random }) => {
  const told = {
    /** Ids of orders that the eMSP's node acknowledged. */
    orders: new Set(),
    /** Booking ids by the request whose answer arrived. */
    answered: new Map(),
    /** Ids of bookings whose decision the CPO's node acknowledged. */
    granted: new Set(),
    /** Ids of bookings whose cancellation was answered. */
    cancelled: new Set(),
  }
  let booking = true
  let deciding = true
  let ended = false

  /** Asks again until there is an answer: the same request, which may have been taken before. */
  const insistOn = async (node, path, body) => {
    while (!ended) {
      const answer = await call(node, 'POST', path, body)
      // 404: the place or the booking has not arrived yet; 409: the partner is not there yet.
      if (!isUnknown(answer) && answer.status !== 404 && answer.status !== 409) return answer
      await sleep(random.between(50, 400))
    }
    return undefined
  }

  const note = ({ status, body } = {}) => {
    if (status !== 201) return undefined
    told.orders.add(body.id)
    if (body.booking_id !== null) told.answered.set(body.request_id, body.booking_id)
    return body
  }

  const cancel = async (id) => {
    const path = `/bookings/${CPO.country_code}/${CPO.party_id}/${id}/cancellation`
    const answer = await insistOn(emsp, path, { cancellation_reason: 'TRAFFIC' })
    const { order, booking: after } = answer?.body ?? {}
    if (order != null) told.orders.add(order.id)
    if (after?.reservation_status === 'CANCELED') told.cancelled.add(id)
  }

  const book = async (driver, number) => {
    const slot = Math.floor(number / PLACES) % SLOTS
    const answer = note(
      await insistOn(emsp, '/booking_orders', {
        booking_location_id: `B${(number % PLACES) + 1}`,
        request_id: `${driver}-${number}`,
        authorization_reference: `ref-${driver}-${number}`,
        period: span(slot, slot + 1),
        tokens: [{ uid: `04BB${(number % 400) + 1}`, type: 'RFID' }],
      }),
    )
    if (answer === undefined || answer.booking?.reservation_status !== 'PENDING') return
    if (random.chance(0.2)) await cancel(answer.booking_id)
  }

  const bookOn = async (driver) => {
    for (let number = 0; booking && number < PLACES * SLOTS; number += 1) {
      await book(driver, number)
      await sleep(random.between(...REST))
    }
  }

  const grantAll = async () => {
    const list = await call(cpo, 'GET', '/bookings?own=true&reservation_status=PENDING&limit=200')
    for (const { id } of list?.status === 200 ? list.body.items : []) {
      const path = `/bookings/${CPO.country_code}/${CPO.party_id}/${id}/decision`
      const answer = await call(cpo, 'POST', path, { decision: 'ACCEPTED' })
      if (answer?.status === 200) told.granted.add(id)
    }
  }
  const grantOn = async () => {
    while (deciding) {
      await grantAll()
      await sleep(200)
    }
  }

  let drivers
  let grants
  return {
    told,
    async prepare() {
      for (let number = 1; number <= PLACES; number += 1) {
        const path = `/booking_locations/${CPO.country_code}/${CPO.party_id}/B${number}`
        await insist(cpo, 'PUT', path, place(number))
      }
    },
    start() {
      drivers = Promise.all([bookOn('first'), bookOn('second')])
      grants = grantOn()
    },
    /** Books no more; the last requests are insisted on for `insistMs`, and what they leave is decided. */
    async stop(insistMs = 60_000) {
      booking = false
      const timer = setTimeout(() => {
        ended = true
      }, insistMs)
      await drivers
      clearTimeout(timer)
      deciding = false
      await grants
    },
  }
}

/** Every order of the eMSP. */
export const listOrders = async (emsp) => {
  const orders = []
  let cursor
  do {
    const query = new URLSearchParams({ limit: '200', ...(cursor === undefined ? {} : { cursor }) })
    const page = await insist(emsp, 'GET', `/booking_orders?${query}`)
    orders.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return orders
}
