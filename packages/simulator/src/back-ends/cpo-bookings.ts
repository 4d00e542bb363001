import type { WorldClock } from '../world/clock.js'
import type { SiteEvse } from '../world/site.js'
import type { Tell } from '../world-event.js'
import type { Party } from './documents.js'
import type { DoorEvent } from './event-stream.js'
import { at, textAt } from './json.js'
import { type OperatorApi, path } from './operator-api.js'

export interface CpoBookingContext {
  readonly party: Party
  readonly api: OperatorApi
  readonly clock: Pick<WorldClock, 'realIso'>
  readonly tell: Tell
}

/** A stretch of real time, in milliseconds since 1970. */
export interface Slot {
  readonly fromMs: number
  readonly toMs: number
}

const isoOf = (ms: number): string => new Date(ms).toISOString()

/** The times of a slot as OCPI writes them. */
export const timesOf = ({ fromMs, toMs }: Slot) => ({
  start_date_time: isoOf(fromMs),
  end_date_time: isoOf(toMs),
})

/** What the operator's people decide about bookings. */
export interface CpoBookings {
  onEvent(event: DoorEvent): void
  /** Offers an EVSE for booking; the id of the place, or undefined when the node would not have it. */
  offer(site: SiteEvse, id: string, free: Slot): Promise<string | undefined>
}

const TERMS = {
  remote_auth_supported: true,
  supported_access_methods: ['TOKEN'],
  change_until_minutes: 0,
  cancel_until_minutes: 0,
  noshow_timeout: 15,
}

const placeOf = (site: SiteEvse, id: string, free: Slot, now: string) => ({
  id,
  location_id: site.location.id,
  booking_option: { evse_uid: site.evse.uid },
  tariff_ids: site.evse.connectors[0]?.tariff_ids ?? [],
  booking_terms: TERMS,
  calendars: [
    {
      id: 'near',
      begin_from: isoOf(free.fromMs),
      end_before: isoOf(free.toMs),
      available_timeslots: [timesOf(free)],
      last_updated: now,
    },
  ],
  last_updated: now,
})

const pendingOf = (data: unknown): boolean => {
  const requests = at(data, 'booking_requests')
  return Array.isArray(requests) && requests.some((each) => textAt(each, 'request_status') === 'PENDING')
}

/** Grants what the node holds for a driver: that the time is free, the node has checked. */
export const createCpoBookings = ({ party, api, clock, tell }: CpoBookingContext): CpoBookings => {
  const grant = async (id: string): Promise<void> => {
    const address = path('bookings', party.countryCode, party.partyId, id, 'decision')
    const answer = await api.call('POST', address, { decision: 'ACCEPTED' })
    if (answer.kind === 'ok') return tell({ type: 'booking.granted', booking: id })
    // NOTE: a repeated event of what was decided before.
    if (answer.kind === 'refused' && answer.status === 409) return
    tell({ type: 'trouble', door: 'cpo', doing: `decision on booking ${id}`, reason: answer.reason })
  }
  return {
    onEvent({ type, data }) {
      if (type !== 'booking.created' && type !== 'booking.updated') return
      const id = textAt(data, 'id')
      const isOurs =
        textAt(data, 'country_code') === party.countryCode && textAt(data, 'party_id') === party.partyId
      if (id !== undefined && isOurs && pendingOf(data)) void grant(id)
    },
    async offer(site, id, free) {
      const address = path('booking_locations', party.countryCode, party.partyId, id)
      const answer = await api.call('PUT', address, placeOf(site, id, free, clock.realIso()))
      if (answer.kind === 'ok') return id
      tell({ type: 'trouble', door: 'cpo', doing: `booking location ${id}`, reason: answer.reason })
      return undefined
    },
  }
}
