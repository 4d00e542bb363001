import type { TokenDraft } from '../drivers.js'
import type { Slot } from './cpo-bookings.js'
import { timesOf } from './cpo-bookings.js'
import type { Party } from './documents.js'
import type { DoorEvent } from './event-stream.js'
import { textAt } from './json.js'
import { type OperatorApi, path } from './operator-api.js'
import { createWaitingRoom } from './waiting-room.js'

export interface EmspBookingContext {
  readonly cpo: Party
  readonly api: OperatorApi
  readonly signal: AbortSignal
  readonly patienceMs: number
}

/** What the app knows of a booking: its id at the CPO and where it stands. */
export interface AppBooking {
  readonly id: string
  readonly status: string
}

/** The app's side of bookings. */
export interface EmspBookings {
  onEvent(event: DoorEvent): void
  /** Whether the place has arrived at the provider, once it has or patience ends. */
  sees(placeId: string): Promise<boolean>
  /** Books a slot and waits until it is decided; undefined when there was no answer at all. */
  book(token: TokenDraft, placeId: string, slot: Slot): Promise<AppBooking | undefined>
  /** The status of a booking once it is one of these, else the last one known. */
  reaches(id: string, statuses: readonly string[]): Promise<string | undefined>
  /** The CDR that names the booking, once it has come. */
  bill(id: string): Promise<string | undefined>
}

const LOOK_MS = 200

class AppBookings implements EmspBookings {
  readonly #statuses = new Map<string, string>()
  readonly #bills = new Map<string, string>()
  readonly #room = createWaitingRoom()

  constructor(private readonly context: EmspBookingContext) {}

  onEvent({ type, data }: DoorEvent): void {
    const id = textAt(data, 'id')
    if (id === undefined) return
    const booking = textAt(data, 'booking_id')
    if (type.startsWith('cdr.') && booking !== undefined) this.#bills.set(booking, id)
    const status = textAt(data, 'reservation_status')
    if (type.startsWith('booking.') && status !== undefined) this.#statuses.set(id, status)
    this.#room.changed()
  }

  async sees(placeId: string): Promise<boolean> {
    const { cpo, api, patienceMs, signal } = this.context
    const address = path('booking_locations', cpo.countryCode, cpo.partyId, placeId)
    const endMs = Date.now() + patienceMs
    while (!signal.aborted && Date.now() < endMs) {
      if ((await api.call('GET', address)).kind === 'ok') return true
      await this.#room.until(() => undefined, LOOK_MS, signal)
    }
    return false
  }

  async book(token: TokenDraft, placeId: string, slot: Slot): Promise<AppBooking | undefined> {
    const { cpo, api } = this.context
    const order = {
      country_code: cpo.countryCode,
      party_id: cpo.partyId,
      booking_location_id: placeId,
      period: timesOf(slot),
      tokens: [{ uid: token.uid, type: token.type }],
    }
    const answer = await api.call('POST', '/booking_orders', order, { retry: 'unsent' })
    const body = answer.kind === 'ok' ? answer.body : undefined
    const id = textAt(body, 'booking_id')
    if (id === undefined) return undefined
    const first = textAt(body, 'booking', 'reservation_status') ?? 'UNKNOWN'
    if (first !== 'PENDING') return { id, status: first }
    return { id, status: (await this.reaches(id, ['RESERVED', 'REJECTED', 'FAILED'])) ?? first }
  }

  async reaches(id: string, statuses: readonly string[]): Promise<string | undefined> {
    const { patienceMs, signal } = this.context
    const look = (): string | undefined => {
      const status = this.#statuses.get(id)
      return status !== undefined && statuses.includes(status) ? status : undefined
    }
    return (await this.#room.until(look, patienceMs, signal)) ?? this.#statuses.get(id)
  }

  bill(id: string): Promise<string | undefined> {
    const { patienceMs, signal } = this.context
    return this.#room.until(() => this.#bills.get(id), patienceMs, signal)
  }
}

/** Bookings of the provider's app over one node's operator API. */
export const createEmspBookings = (context: EmspBookingContext): EmspBookings => new AppBookings(context)
