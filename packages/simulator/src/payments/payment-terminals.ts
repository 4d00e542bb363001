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

type StartAnswer =
  | { readonly kind: 'taken'; readonly commandId: string }
  | { readonly kind: 'refused'; readonly reason: string }

const DEFAULT_RESERVE = 50
const TYPES = ['session.*', 'cdr.*', 'command.updated']
/** Command states after which no result comes any more. */
const OPEN_STATES: readonly (string | undefined)[] = ['PENDING', 'ACCEPTED']

class TerminalSide implements PaymentTerminals {
  readonly #end = new AbortController()
  readonly #connections = createConnections()
  readonly #room = createWaitingRoom()
  readonly #api: OperatorApi
  readonly #sessions = new Map<string, ocpi230.Session>()
  readonly #cdrs = new Map<string, ocpi230.CDR>()
  /** Results of commands, by command id. */
  readonly #results = new Map<string, string>()
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
    const start = await this.#startSession(place, offer.connectorId, reference)
    if (start.kind === 'refused') return { kind: 'released', reference, reason: start.reason }
    const cdr = await this.#chargeUpTo(reference, reserved, start.commandId)
    if (cdr === undefined) return { kind: 'released', reference, reason: this.#whyNoCdr(start.commandId) }
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
    if (type === 'command.updated') this.#onCommand(data)
    else if (reference === undefined) return
    else if (type.startsWith('session.')) {
      const session = parseDocument(ocpi230.Session, data, 'whole')
      if (session.ok) this.#sessions.set(reference, session.value)
    } else if (isCdr(data)) this.#cdrs.set(reference, data)
    this.#room.changed()
  }

  #onCommand(data: unknown): void {
    const id = textAt(data, 'id')
    if (id === undefined || OPEN_STATES.includes(textAt(data, 'state'))) return
    this.#results.set(id, textAt(data, 'result') ?? textAt(data, 'state') ?? 'UNKNOWN')
    this.#room.changed()
  }

  /** What a command failed with; undefined while it is under way or when it was done. */
  #failure(commandId: string): string | undefined {
    const result = this.#results.get(commandId)
    return result === 'ACCEPTED' ? undefined : result
  }

  #whyNoCdr(commandId: string): string {
    const failure = this.#failure(commandId)
    return failure === undefined ? 'no CDR arrived' : `the station said ${failure}`
  }

  /** Whether the CPO takes the command, as far as its answer tells. */
  async #startSession(place: Place, connectorId: string, reference: string): Promise<StartAnswer> {
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
    if (answer.kind !== 'ok') return { kind: 'refused', reason: answer.reason }
    const [response, commandId] = [textAt(answer.body, 'response'), textAt(answer.body, 'id')]
    return response === 'ACCEPTED' && commandId !== undefined
      ? { kind: 'taken', commandId }
      : { kind: 'refused', reason: `the CPO said ${response ?? 'nothing'}` }
  }

  /** Follows the session until its CDR is there; stops it when it costs what was reserved (PAY-030). */
  async #chargeUpTo(
    reference: string,
    reserved: number,
    commandId: string,
  ): Promise<ocpi230.CDR | undefined> {
    const { signal } = this.#end
    const isSpent = (): boolean => {
      const cost = this.#sessions.get(reference)?.total_cost
      return cost !== undefined && reachesLimit(cost, reserved)
    }
    const ended = () => {
      const cdr = this.#cdrs.get(reference)
      if (cdr !== undefined) return cdr
      if (isSpent()) return 'spent' as const
      return this.#failure(commandId) === undefined ? undefined : ('failed' as const)
    }
    const first = await this.#room.until(ended, this.#patienceMs, signal)
    if (first === 'failed') return undefined
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
