import { bookingLocation } from './bookings.js'
import { type Connected, connect, data } from './connect.js'
import { evse, location } from './documents.js'
import type { OcpiAnswer } from './foreign-party.js'
import { startTestNode, type TestNode } from './node.js'

export const OTHER = { country_code: 'NL', party_id: 'OTH' }

/** Modules of a foreign eMSP that books. */
export const BOOKING_EMSP = [
  { identifier: 'Booking', role: 'RECEIVER' },
  { identifier: 'tokens', role: 'SENDER' },
  { identifier: 'commands', role: 'SENDER' },
] as const

/** A CPO node whose back end the test plays, and two foreign eMSPs that book there. */
export class BookingCpo implements AsyncDisposable {
  #places = 0

  private constructor(
    readonly node: TestNode,
    readonly emsp: Connected,
    readonly other: Connected,
  ) {}

  static async start(): Promise<BookingCpo> {
    const node = await startTestNode()
    await node.api('PUT', '/parties/DE/CPO', { roles: ['CPO'], business_details: { name: 'Node' } })
    const uids = ['E1', 'E2', ...Array.from({ length: 60 }, (_, index) => `P${index + 1}`)]
    await node.api('PUT', '/locations/DE/CPO/LOC1', location('LOC1', { evses: uids.map((uid) => evse(uid)) }))
    const party = { country_code: 'DE', party_id: 'MSP' }
    const options = { version: '2.3.0', role: 'EMSP', endpoints: BOOKING_EMSP } as const
    const emsp = await connect(node, { ...options, party })
    return new BookingCpo(node, emsp, await connect(node, { ...options, party: OTHER }))
  }

  /** The EVSE of the place made last. */
  get evseUid(): string {
    return `P${this.#places}`
  }

  /** The booking location made last. */
  get placeId(): string {
    return `BL-${this.#places}`
  }

  /** POST of a BookingRequest. */
  post(body: unknown, from = this.emsp): Promise<OcpiAnswer> {
    return from.party.send('POST', from.party.at('Booking', 'SENDER'), { body })
  }

  get(path: string, from = this.emsp): Promise<OcpiAnswer> {
    return from.party.send('GET', from.party.at('Booking', 'SENDER', path))
  }

  /** A booking location of its own for a test, with an EVSE of its own. */
  async place(change: object = {}): Promise<string> {
    this.#places += 1
    const { placeId: id, evseUid: evse_uid } = this
    const whole = bookingLocation(id, { booking_option: { evse_uid }, ...change })
    const { status, body } = await this.node.api('PUT', `/booking_locations/DE/CPO/${id}`, whole)
    if (status !== 201) throw new Error(JSON.stringify(body))
    return id
  }

  /** Free timeslots of a booking location, by calendar. */
  async slotsOf(id: string): Promise<unknown> {
    const { body } = await this.node.api('GET', `/booking_locations/DE/CPO/${id}`)
    const { calendars } = body as { calendars: { available_timeslots: object[] }[] }
    return calendars.map(({ available_timeslots: slots }) => slots)
  }

  /** What the back end says to a booking. */
  decide(id: unknown, body: object): ReturnType<TestNode['api']> {
    return this.node.api('POST', `/bookings/DE/CPO/${String(id)}/decision`, body)
  }

  /** A booking as the node has it. */
  async shown(id: unknown): Promise<Record<string, unknown>> {
    return (await this.node.api('GET', `/bookings/DE/CPO/${String(id)}`)).body as Record<string, unknown>
  }

  /** A booking that was requested and granted. */
  async reserved(request: object): Promise<Record<string, unknown>> {
    const made = data(await this.post(request))
    const { status } = await this.decide(made.id, { decision: 'ACCEPTED' })
    if (status !== 200) throw new Error(`not granted: ${JSON.stringify(made)}`)
    return made
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of [this.emsp, this.other]) await each.party[Symbol.asyncDispose]()
    await this.node[Symbol.asyncDispose]()
  }
}

/** `reservation_status` of a Booking in an answer. */
export const statusOf = (answer: OcpiAnswer): unknown => data(answer).reservation_status

/** The states of all requests of a booking, oldest first. */
export const requestsOf = (booking: Record<string, unknown>): unknown[] =>
  (booking.booking_requests as { request_status: string }[]).map((each) => each.request_status)
