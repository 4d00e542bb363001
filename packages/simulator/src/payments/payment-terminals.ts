import { randomUUID } from 'node:crypto'
import { isJsonObject, ocpi230, parseDocument } from '@interwatt/protocol'
import type { Party } from '../back-ends/documents.js'
import { type DoorEvent, followEvents } from '../back-ends/event-stream.js'
import { createConnections } from '../back-ends/http.js'
import { textAt } from '../back-ends/json.js'
import { createOperatorApi, type Door, type OperatorApi, path } from '../back-ends/operator-api.js'
import { isCdr } from '../back-ends/read-cdr.js'
import { createWaitingRoom } from '../back-ends/waiting-room.js'
import { sleepMs } from '../world/clock.js'
import { randomStream } from '../world/random.js'
import { type Capture, captureOf, eftLines, reachesLimit } from './capture.js'
import { type Place, readOffer, serves } from './place.js'

/** What a payment terminal provider is made from. */
export interface PaymentTerminalOptions extends Door, Party {
  /** Business name. */
  readonly name: string
  /** Reserved where the tariff says no amount (PAY-029). */
  readonly defaultReserve?: number
  /** Longest real time that a session and then its CDR may take, in milliseconds; default 60,000. */
  readonly patienceMs?: number
}

/** How a card payment ended. Whenever it was not captured, the reserved amount is free again. */
export type PaymentEnd =
  | {
      readonly kind: 'paid'
      readonly reference: string
      readonly cdr: ocpi230.CDR
      readonly capture: Capture
      readonly confirmationId: string
    }
  | { readonly kind: 'released'; readonly reference: string | undefined; readonly reason: string }

/** The back end of a payment terminal provider: cards at terminals, through the operator API of its node only. */
export interface PaymentTerminals {
  /** Registers the party and follows the events of the node. */
  start(): Promise<{ readonly kind: 'started' } | { readonly kind: 'failed'; readonly reason: string }>
  /** Makes a terminal for a CPO, which assigns it. A text says why not. */
  install(terminalId: string, customer: Party): Promise<string | undefined>
  /** A card is held to a terminal: reserve, start, wait for the CDR, capture, confirm. */
  pay(place: Place): Promise<PaymentEnd>
  stop(): Promise<void>
}

const DEFAULT_RESERVE = 50
const TYPES = ['session.*', 'cdr.*']

class TerminalSide implements PaymentTerminals {
  readonly #end = new AbortController()
  readonly #connections = createConnections()
  readonly #room = createWaitingRoom()
  readonly #api: OperatorApi
  readonly #sessions = new Map<string, ocpi230.Session>()
  readonly #cdrs = new Map<string, ocpi230.CDR>()
  readonly #patienceMs: number
  #following: Promise<void> | undefined
  #traces = 0

  constructor(private readonly options: PaymentTerminalOptions) {
    const { apiUrl, apiKey, patienceMs = 60_000 } = options
    this.#patienceMs = patienceMs
    this.#api = createOperatorApi({
      connections: this.#connections,
      apiUrl,
      apiKey,
      signal: this.#end.signal,
      random: randomStream(0, 'door', 'payments'),
      sleepMs,
    })
  }

  async start(): Promise<{ kind: 'started' } | { kind: 'failed'; reason: string }> {
    const { countryCode, partyId, name, apiUrl, apiKey } = this.options
    const party = await this.#api.call('PUT', path('parties', countryCode, partyId), {
      roles: ['PTP'],
      business_details: { name },
    })
    if (party.kind !== 'ok') return { kind: 'failed', reason: party.reason }
    await new Promise<void>((connected) => {
      this.#following = followEvents({
        connections: this.#connections,
        apiUrl,
        apiKey,
        types: TYPES,
        signal: this.#end.signal,
        onEvent: (event) => this.#onEvent(event),
        onConnect: connected,
        onLost: () => undefined,
        sleepMs,
      }).finally(connected)
    })
    return { kind: 'started' }
  }

  async install(terminalId: string, customer: Party): Promise<string | undefined> {
    const { countryCode, partyId } = this.options
    const answer = await this.#api.call('PUT', path('terminals', countryCode, partyId, terminalId), {
      country_code: customer.countryCode,
      party_id: customer.partyId,
      reference: `SERIAL-${terminalId}`,
    })
    return answer.kind === 'ok' ? undefined : answer.reason
  }

  async pay(place: Place): Promise<PaymentEnd> {
    const { countryCode, partyId } = this.options
    const terminal = await this.#api.call('GET', path('terminals', countryCode, partyId, place.terminalId))
    if (terminal.kind !== 'ok' || !serves(terminal.body, place))
      return { kind: 'released', reference: undefined, reason: 'the terminal does not serve this EVSE' }
    const offer = await readOffer(this.#api, place)
    if (typeof offer === 'string') return { kind: 'released', reference: undefined, reason: offer }
    const reserved = offer.reserve ?? this.options.defaultReserve ?? DEFAULT_RESERVE
    const reference = randomUUID()
    const refused = await this.#startSession(place, offer.connectorId, reference)
    if (refused !== undefined) return { kind: 'released', reference, reason: refused }
    const cdr = await this.#chargeUpTo(reference, reserved)
    if (cdr === undefined) return { kind: 'released', reference, reason: 'no CDR arrived' }
    const capture = captureOf(cdr.total_cost, reserved)
    const confirmationId = await this.#confirm(reference, cdr, capture)
    return confirmationId === undefined
      ? { kind: 'released', reference, reason: 'the node took no confirmation' }
      : { kind: 'paid', reference, cdr, capture, confirmationId }
  }

  async stop(): Promise<void> {
    this.#end.abort()
    await this.#following
    this.#connections.close()
  }

  #onEvent({ type, data }: DoorEvent): void {
    const reference = textAt(data, 'authorization_reference')
    if (reference === undefined) return
    if (type.startsWith('session.')) {
      const session = parseDocument(ocpi230.Session, data, 'whole')
      if (session.ok) this.#sessions.set(reference, session.value)
    } else if (isCdr(data)) this.#cdrs.set(reference, data)
    this.#room.changed()
  }

  /** Why the session did not start; undefined when it did, as far as the answer tells. */
  async #startSession(place: Place, connectorId: string, reference: string): Promise<string | undefined> {
    const { countryCode, partyId, name } = this.options
    const token = {
      country_code: countryCode,
      party_id: partyId,
      uid: reference.slice(0, 8),
      type: 'AD_HOC_USER',
      contract_id: `${countryCode}-${partyId}-${reference.slice(0, 8)}`,
      issuer: name,
      valid: true,
      whitelist: 'NEVER',
      last_updated: new Date().toISOString(),
    }
    const body = {
      country_code: place.countryCode,
      party_id: place.partyId,
      token,
      location_id: place.locationId,
      evse_uid: place.evseUid,
      connector_id: connectorId,
      authorization_reference: reference,
    }
    const answer = await this.#api.call('POST', '/commands/START_SESSION', body, { retry: 'unsent' })
    if (answer.kind !== 'ok') return answer.reason
    const response = textAt(answer.body, 'response')
    return response === 'ACCEPTED' ? undefined : `the CPO said ${response ?? 'nothing'}`
  }

  /** Follows the session until its CDR is there; stops it when it costs what was reserved (PAY-030). */
  async #chargeUpTo(reference: string, reserved: number): Promise<ocpi230.CDR | undefined> {
    const { signal } = this.#end
    const isSpent = (): boolean => {
      const cost = this.#sessions.get(reference)?.total_cost
      return cost !== undefined && reachesLimit(cost, reserved)
    }
    const ended = () => this.#cdrs.get(reference) ?? (isSpent() ? ('spent' as const) : undefined)
    const first = await this.#room.until(ended, this.#patienceMs, signal)
    if (first !== 'spent') return first ?? this.#askForCdr(reference)
    const session = this.#sessions.get(reference)
    if (session?.status === 'ACTIVE')
      await this.#api.call('POST', '/commands/STOP_SESSION', {
        country_code: session.country_code,
        party_id: session.party_id,
        session_id: session.id,
      })
    const cdr = await this.#room.until(() => this.#cdrs.get(reference), this.#patienceMs, signal)
    return cdr ?? this.#askForCdr(reference)
  }

  /** A CDR whose event was missed. */
  async #askForCdr(reference: string): Promise<ocpi230.CDR | undefined> {
    const answer = await this.#api.call('GET', `/cdrs?authorization_reference=${reference}`)
    const items = answer.kind === 'ok' && isJsonObject(answer.body) ? answer.body.items : undefined
    return Array.isArray(items) ? items.find(isCdr) : undefined
  }

  async #confirm(reference: string, cdr: ocpi230.CDR, capture: Capture): Promise<string | undefined> {
    const { countryCode, partyId } = this.options
    this.#traces += 1
    const id = randomUUID()
    const answer = await this.#api.call(
      'PUT',
      path('financial-advice-confirmations', countryCode, partyId, id),
      {
        authorization_reference: reference,
        total_costs: capture.total,
        currency: cdr.currency,
        eft_data: eftLines(capture.amount, cdr.currency, this.#traces),
        capture_status_code: capture.status,
      },
    )
    return answer.kind === 'ok' ? id : undefined
  }
}

/** A payment terminal provider over the operator API of its node. Nothing happens before `start()`. */
export const createPaymentTerminals = (options: PaymentTerminalOptions): PaymentTerminals =>
  new TerminalSide(options)
