import type { TokenDraft } from '../drivers.js'
import type { WorldClock } from '../world/clock.js'
import type { SiteEvse } from '../world/site.js'
import type { Tell } from '../world-event.js'
import { type CdrDesk, createCdrDesk, type Verdict } from './cdr-desk.js'
import type { CDR, Party } from './documents.js'
import type { DoorEvent } from './event-stream.js'
import { at, textAt } from './json.js'
import { type Answer, type OperatorApi, path } from './operator-api.js'
import { isCdr } from './read-cdr.js'
import { createWaitingRoom } from './waiting-room.js'

export interface EmspContext {
  readonly party: Party
  /** The operator whose stations the drivers use. */
  readonly cpo: Party
  readonly api: OperatorApi
  readonly clock: WorldClock
  readonly tell: Tell
  readonly signal: AbortSignal
  /** How long the app waits for a result and then for a session, in real milliseconds. */
  readonly patienceMs: number
  onBooked(cdr: CDR, verdict: Verdict): void
}

export type CommandEnd =
  | { readonly kind: 'accepted'; readonly commandId: string }
  | { readonly kind: 'failed'; readonly reason: string }

export type AppStart =
  | { readonly kind: 'started'; readonly sessionId: string }
  | { readonly kind: 'failed'; readonly reason: string }

/** What the app shows of an EVSE. */
export interface EvseView {
  readonly status: string
  readonly capabilities: readonly unknown[]
}

/** The provider's side of the world: apps, contracts and bookkeeping. */
export interface EmspBackEnd {
  onEvent(event: DoorEvent): void
  /** The EVSE as this provider has received it; undefined when it has not. */
  look(site: SiteEvse): Promise<EvseView | undefined>
  start(
    driver: string,
    token: TokenDraft,
    site: SiteEvse,
    connectorId: string,
    reference: string,
  ): Promise<AppStart>
  stop(driver: string, sessionId: string): Promise<CommandEnd>
  reserve(
    driver: string,
    token: TokenDraft,
    site: SiteEvse,
    reservationId: string,
    minutes: number,
  ): Promise<CommandEnd>
  cancel(driver: string, reservationId: string): Promise<CommandEnd>
}

interface CommandView {
  readonly state: string
  readonly response: string | undefined
  readonly result: string | undefined
}

const viewOf = (data: unknown): CommandView => ({
  state: textAt(data, 'state') ?? 'UNKNOWN',
  response: textAt(data, 'response'),
  result: textAt(data, 'result'),
})

const OPEN_STATES = ['PENDING', 'ACCEPTED']
/** Between two looks at a command whose event may have been missed. */
const POLL_MS = 2_000

class EmspSide implements EmspBackEnd {
  readonly #commands = new Map<string, CommandView>()
  /** Session id by authorization reference, and by contract and EVSE where the reference or the token's uid is lost. */
  readonly #sessions = new Map<string, string>()
  readonly #booked = new Set<string>()
  readonly #desk: CdrDesk
  readonly #room = createWaitingRoom()

  constructor(private readonly context: EmspContext) {
    const { api, tell } = context
    this.#desk = createCdrDesk({
      api,
      tell,
      label: this.#label,
      onBooked: (cdr, verdict) => context.onBooked(cdr, verdict),
    })
  }

  get #label(): string {
    return `${this.context.party.countryCode}*${this.context.party.partyId}`
  }

  onEvent(event: DoorEvent): void {
    if (event.type === 'command.updated') this.#onCommand(event.data)
    if (event.type === 'session.created' || event.type === 'session.updated') this.#onSession(event.data)
    if (event.type === 'cdr.created' || event.type === 'cdr.updated')
      this.#onCdr(event.data).catch((error: unknown) => this.#trouble(error))
  }

  async look(site: SiteEvse): Promise<EvseView | undefined> {
    const { countryCode, partyId } = this.context.cpo
    const address = path('locations', countryCode, partyId, site.location.id, 'evses', site.evse.uid)
    const answer = await this.context.api.call('GET', address)
    if (answer.kind !== 'ok') return undefined
    const capabilities = at(answer.body, 'capabilities')
    return {
      status: textAt(answer.body, 'status') ?? 'UNKNOWN',
      capabilities: Array.isArray(capabilities) ? capabilities : [],
    }
  }

  async start(
    driver: string,
    token: TokenDraft,
    site: SiteEvse,
    connectorId: string,
    reference: string,
  ): Promise<AppStart> {
    const end = await this.#send('START_SESSION', driver, {
      ...this.#place(site),
      token: this.#whole(token),
      connector_id: connectorId,
      authorization_reference: reference,
    })
    if (end.kind === 'failed') return end
    const sessionId = await this.#room.until(
      () =>
        this.#sessions.get(reference) ?? this.#sessions.get(this.#placeKey(token.contract_id, site.evse.uid)),
      this.context.patienceMs,
      this.context.signal,
    )
    return sessionId === undefined
      ? { kind: 'failed', reason: 'no session came' }
      : { kind: 'started', sessionId }
  }

  stop(driver: string, sessionId: string): Promise<CommandEnd> {
    const { countryCode, partyId } = this.context.cpo
    return this.#send('STOP_SESSION', driver, {
      session_id: sessionId,
      country_code: countryCode,
      party_id: partyId,
    })
  }

  reserve(
    driver: string,
    token: TokenDraft,
    site: SiteEvse,
    reservationId: string,
    minutes: number,
  ): Promise<CommandEnd> {
    return this.#send('RESERVE_NOW', driver, {
      ...this.#place(site),
      token: this.#whole(token),
      reservation_id: reservationId,
      expiry_date: new Date(this.context.clock.realMs() + minutes * 60_000).toISOString(),
    })
  }

  cancel(driver: string, reservationId: string): Promise<CommandEnd> {
    return this.#send('CANCEL_RESERVATION', driver, { reservation_id: reservationId })
  }

  #place(site: SiteEvse) {
    const { countryCode, partyId } = this.context.cpo
    return {
      country_code: countryCode,
      party_id: partyId,
      location_id: site.location.id,
      evse_uid: site.evse.uid,
    }
  }

  #whole(token: TokenDraft) {
    return { ...token, last_updated: this.context.clock.realIso() }
  }

  async #send(command: string, driver: string, body: unknown): Promise<CommandEnd> {
    const answer = await this.context.api.call('POST', path('commands', command), body, { retry: 'unsent' })
    const id = answer.kind === 'ok' ? textAt(answer.body, 'id') : undefined
    if (id === undefined) return { kind: 'failed', reason: failureOf(answer) }
    this.context.tell({ type: 'command.sent', command, driver, id, emsp: this.#label })
    this.#note(id, answer.kind === 'ok' ? answer.body : undefined)
    const end = await this.#finished(id)
    const result = end === undefined ? 'no result' : (end.result ?? end.response ?? end.state)
    this.context.tell({ type: 'command.finished', command, id, result, emsp: this.#label })
    this.#commands.delete(id)
    return end?.result === 'ACCEPTED'
      ? { kind: 'accepted', commandId: id }
      : { kind: 'failed', reason: result }
  }

  #note(id: string, data: unknown): void {
    const known = this.#commands.get(id)
    if (known !== undefined && !OPEN_STATES.includes(known.state)) return
    this.#commands.set(id, viewOf(data))
  }

  async #finished(id: string): Promise<CommandView | undefined> {
    const closed = () => {
      const view = this.#commands.get(id)
      return view === undefined || OPEN_STATES.includes(view.state) ? undefined : view
    }
    const deadlineMs = this.context.clock.realMs() + this.context.patienceMs
    while (!this.context.signal.aborted && this.context.clock.realMs() < deadlineMs) {
      const view = await this.#room.until(closed, POLL_MS, this.context.signal)
      if (view !== undefined) return view
      const answer = await this.context.api.call('GET', path('commands', id))
      if (answer.kind === 'ok') this.#note(id, answer.body)
    }
    return closed()
  }

  #onCommand(data: unknown): void {
    const id = textAt(data, 'id')
    if (id === undefined || textAt(data, 'direction') !== 'sent') return
    this.#note(id, data)
    this.#room.changed()
    // NOTE: the event may be read before the answer to the POST; entries nobody asks for are dropped in time.
    if (this.#commands.size > MOST_COMMANDS) this.#forgetOldest()
  }

  #forgetOldest(): void {
    const [oldest] = this.#commands.keys()
    if (oldest !== undefined) this.#commands.delete(oldest)
  }

  #placeKey(contractId: string, evseUid: string): string {
    return `${contractId}@${evseUid}`.toUpperCase()
  }

  #isMine(data: unknown): boolean {
    const { countryCode, partyId } = this.context.party
    return (
      textAt(data, 'cdr_token', 'country_code')?.toUpperCase() === countryCode.toUpperCase() &&
      textAt(data, 'cdr_token', 'party_id')?.toUpperCase() === partyId.toUpperCase()
    )
  }

  #onSession(data: unknown): void {
    const id = textAt(data, 'id')
    if (id === undefined || !this.#isMine(data)) return
    const key = this.#placeKey(textAt(data, 'cdr_token', 'contract_id') ?? '', textAt(data, 'evse_uid') ?? '')
    const reference = textAt(data, 'authorization_reference')
    const status = textAt(data, 'status')
    if (status === 'PENDING' || status === 'ACTIVE') {
      this.#sessions.set(key, id)
      if (reference !== undefined) this.#sessions.set(reference, id)
    } else {
      if (reference !== undefined && status === 'COMPLETED') this.#sessions.set(reference, id)
      if (this.#sessions.get(key) === id) this.#sessions.delete(key)
    }
    this.#room.changed()
  }

  async #onCdr(data: unknown): Promise<void> {
    if (!isCdr(data) || !this.#isMine(data) || this.#booked.has(data.id)) return
    this.#booked.add(data.id)
    await this.#desk.take(data)
    if (data.authorization_reference !== undefined) this.#sessions.delete(data.authorization_reference)
  }

  #trouble(error: unknown): void {
    const reason = error instanceof Error ? error.message : 'unknown'
    this.context.tell({ type: 'trouble', door: 'emsp', doing: 'booking a CDR', reason, emsp: this.#label })
  }
}

const MOST_COMMANDS = 10_000

const failureOf = (answer: Answer): string =>
  answer.kind === 'ok' ? 'the node named no command id' : answer.reason

/** The back end of an eMSP over one node's operator API. */
export const createEmspBackEnd = (context: EmspContext): EmspBackEnd => new EmspSide(context)
