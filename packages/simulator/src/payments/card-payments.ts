import type { ocpi230 } from '@interwatt/protocol'
import { createConnections } from '../back-ends/http.js'
import { at, textAt } from '../back-ends/json.js'
import { createOperatorApi, type OperatorApi, path } from '../back-ends/operator-api.js'
import { isCdr } from '../back-ends/read-cdr.js'
import { sleepMs } from '../world/clock.js'
import { randomStream } from '../world/random.js'
import type { Location } from '../world/site.js'
import type { WorldParty } from '../world-options.js'
import { createPaymentTerminals, type PaymentEnd, type PaymentTerminals } from './payment-terminals.js'
import { receiptLines, receiptUrl } from './receipt.js'

/** What card payments at one location are made from. */
export interface CardPaymentOptions {
  /** Owns the location, asks for the terminal and writes the receipts. */
  readonly cpo: WorldParty
  /** Payment terminal provider, on a node of its own that is a partner of the CPO's. */
  readonly ptp: WorldParty
  /** Where the terminal stands; canonical (2.3.0). */
  readonly location: Location
  /** Payments to be made, one after the other. */
  readonly count: number
  /** Longest real time for the terminal to arrive, for a session, and for its CDR, in milliseconds; default 60,000. */
  readonly patienceMs?: number
  onStep?(event: CardPaymentEvent): void
}

/** What a spectator of card payments sees. */
export type CardPaymentEvent =
  | { readonly type: 'terminal.activated'; readonly terminal: string; readonly location: string }
  | { readonly type: 'card.held'; readonly evse: string }
  | { readonly type: 'card.released'; readonly evse: string; readonly reason: string }
  | {
      /** Captured, and confirmed to the CPO. */
      readonly type: 'card.charged'
      readonly reference: string
      readonly cdr: string
      readonly status: ocpi230.CaptureStatusCode
      /** Exact decimal text, taxes included. */
      readonly amount: string
      readonly currency: string
    }
  | {
      readonly type: 'receipt.written'
      readonly reference: string
      readonly lines: readonly string[]
      readonly url: string
    }
  | { readonly type: 'payment.disputed'; readonly reference: string; readonly reason: string }

/** How card payments stand. */
export interface CardPaymentSummary {
  /** Captured, confirmed, and agreed on by both nodes. */
  readonly paid: number
  /** Captured, but seen differently by the two nodes. */
  readonly disputed: number
  /** Cards released without a payment, by reason. */
  readonly released: Readonly<Record<string, number>>
}

/** A payment terminal at one location, and people who hold their cards to it. */
export interface CardPayments {
  /** Activates the terminal and begins; answers why it cannot. */
  start(): Promise<{ readonly kind: 'started' } | { readonly kind: 'failed'; readonly reason: string }>
  /** Resolves when the wanted payments were made, or it was stopped. Never rejects. */
  readonly done: Promise<void>
  summary(): CardPaymentSummary
  /** Lets a payment under way end, at most so many milliseconds, then stops every request. */
  stop(graceMs?: number): Promise<CardPaymentSummary>
}

const REFERENCE = 'SERIAL-INTERWATT-1'
const LOOK_MS = 200

const itemsOf = (answer: unknown): readonly unknown[] => {
  const items = at(answer, 'items')
  return Array.isArray(items) ? items : []
}

const firstDocument = (payment: unknown, list: string): unknown => {
  const found = at(payment, list)
  return Array.isArray(found) ? at(found[0], 'document') : undefined
}

type Paid = Extract<PaymentEnd, { kind: 'paid' }>

class TerminalVisits implements CardPayments {
  /** Aborted first: nobody holds a card to the terminal any more. */
  readonly #life = new AbortController()
  readonly #doors = new AbortController()
  readonly #connections = createConnections()
  readonly #cpo: OperatorApi
  readonly #ptp: OperatorApi
  readonly #terminals: PaymentTerminals
  readonly #released = new Map<string, number>()
  readonly #patienceMs: number
  #paid = 0
  #disputed = 0
  #terminalId = ''
  readonly done: Promise<void>
  #finish = (): void => undefined
  #living: Promise<void> = Promise.resolve()

  constructor(private readonly options: CardPaymentOptions) {
    const { cpo, ptp, patienceMs = 60_000 } = options
    this.#patienceMs = patienceMs
    this.#cpo = this.#api(cpo, 'receipts')
    this.#ptp = this.#api(ptp, 'terminals')
    this.#terminals = createPaymentTerminals({ ...ptp, patienceMs })
    this.done = new Promise((resolve) => {
      this.#finish = resolve
    })
  }

  async start(): Promise<{ kind: 'started' } | { kind: 'failed'; reason: string }> {
    const started = await this.#terminals.start()
    if (started.kind === 'failed') return started
    const refused = await this.#activate()
    if (refused !== undefined) return { kind: 'failed', reason: refused }
    this.#tell({
      type: 'terminal.activated',
      terminal: this.#terminalId,
      location: this.options.location.id,
    })
    this.#living = this.#live().finally(this.#finish)
    return { kind: 'started' }
  }

  summary(): CardPaymentSummary {
    const released = Object.fromEntries(this.#released)
    return { paid: this.#paid, disputed: this.#disputed, released }
  }

  async stop(graceMs = 5_000): Promise<CardPaymentSummary> {
    this.#life.abort()
    await Promise.race([this.#living, sleepMs(graceMs, this.#doors.signal)])
    this.#doors.abort()
    await this.#terminals.stop()
    await this.#living
    this.#connections.close()
    this.#finish()
    return this.summary()
  }

  #api(party: WorldParty, name: string): OperatorApi {
    const { apiUrl, apiKey } = party
    const random = randomStream(0, 'door', name)
    const signal = this.#doors.signal
    return createOperatorApi({ connections: this.#connections, apiUrl, apiKey, signal, random, sleepMs })
  }

  #tell(event: CardPaymentEvent): void {
    try {
      this.options.onStep?.(event)
    } catch {
      // A spectator's mistake is not the payer's.
    }
  }

  /** The CPO asks for the terminal by its serial number (PAY-015); both nodes have it then. A text says why not. */
  async #activate(): Promise<string | undefined> {
    const { cpo, location } = this.options
    const asked = {
      reference: REFERENCE,
      country_code: cpo.countryCode,
      party_id: cpo.partyId,
      location_ids: [location.id],
      invoice_creator: 'CPO',
      invoice_base_url: `https://invoices.example/${cpo.countryCode}-${cpo.partyId}`,
    }
    const answer = await this.#cpo.call('POST', '/terminals/activate', asked)
    if (answer.kind !== 'ok') return answer.reason
    for (const api of [this.#ptp, this.#cpo]) {
      const id = await this.#until(() => this.#terminalAt(api))
      if (id === undefined) return 'the terminal did not arrive'
      this.#terminalId = id
    }
    return undefined
  }

  async #terminalAt(api: OperatorApi): Promise<string | undefined> {
    const { countryCode, partyId } = this.options.ptp
    const answer = await api.call('GET', `/terminals?limit=1000&party=${countryCode}*${partyId}`)
    const items = answer.kind === 'ok' ? itemsOf(answer.body) : []
    const found = items.find((terminal) => textAt(terminal, 'reference') === REFERENCE)
    const locations = at(found, 'location_ids')
    const serves = Array.isArray(locations) && locations.includes(this.options.location.id)
    return serves ? textAt(found, 'terminal_id') : undefined
  }

  /** Looks until there is something, or patience ends. */
  async #until<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
    const endMs = performance.now() + this.#patienceMs
    while (!this.#doors.signal.aborted && performance.now() < endMs) {
      const found = await look()
      if (found !== undefined) return found
      await sleepMs(LOOK_MS, this.#doors.signal)
    }
    return undefined
  }

  async #live(): Promise<void> {
    const { evses = [] } = this.options.location
    for (let number = 0; this.#goesOn(); number++) {
      const evse = evses[number % evses.length]
      if (evse === undefined) return
      if (await this.#isFree(evse.uid)) await this.#visit(evse.uid)
      else await sleepMs(LOOK_MS, this.#life.signal)
    }
  }

  #goesOn(): boolean {
    return !this.#life.signal.aborted && this.#paid + this.#disputed < this.options.count
  }

  /** Whether the provider sees a free EVSE, as its terminal shows it. */
  async #isFree(evseUid: string): Promise<boolean> {
    const { countryCode, partyId } = this.options.cpo
    const address = path('locations', countryCode, partyId, this.options.location.id, 'evses', evseUid)
    const answer = await this.#ptp.call('GET', address)
    return answer.kind === 'ok' && textAt(answer.body, 'status') === 'AVAILABLE'
  }

  async #visit(evseUid: string): Promise<void> {
    const { cpo, location } = this.options
    const evse = `${location.id}/${evseUid}`
    this.#tell({ type: 'card.held', evse })
    const { countryCode, partyId } = cpo
    const end = await this.#terminals.pay({
      terminalId: this.#terminalId,
      countryCode,
      partyId,
      locationId: location.id,
      evseUid,
    })
    if (end.kind === 'released') {
      const { reason } = end
      this.#released.set(reason, (this.#released.get(reason) ?? 0) + 1)
      this.#tell({ type: 'card.released', evse, reason })
      return sleepMs(LOOK_MS, this.#life.signal)
    }
    const { reference, cdr, capture } = end
    const { status, amount } = capture
    const { currency } = cdr
    this.#tell({ type: 'card.charged', reference, cdr: cdr.id, status, amount, currency })
    await this.#conclude(end)
  }

  /** The CPO has the confirmation and writes the receipt; then both nodes are asked what they think of the payment. */
  async #conclude(end: Paid): Promise<void> {
    const { reference, confirmationId, capture } = end
    const seen = await this.#until(async () => {
      const answer = await this.#cpo.call('GET', path('payments', reference))
      const payment = answer.kind === 'ok' ? answer.body : undefined
      const confirmed = textAt(firstDocument(payment, 'financial_advice_confirmations'), 'id')
      return confirmed === confirmationId ? payment : undefined
    })
    const own = await this.#ptp.call('GET', path('payments', reference))
    const reason =
      seen === undefined
        ? 'the confirmation did not arrive'
        : differenceOf(seen, own.kind === 'ok' ? own.body : undefined, capture.status)
    if (reason === undefined) this.#paid += 1
    else {
      this.#disputed += 1
      this.#tell({ type: 'payment.disputed', reference, reason })
    }
    if (seen !== undefined) await this.#writeReceipt(reference, seen)
  }

  async #writeReceipt(reference: string, payment: unknown): Promise<void> {
    const { cpo, ptp } = this.options
    const cdr = firstDocument(payment, 'cdrs')
    const lines = at(firstDocument(payment, 'financial_advice_confirmations'), 'eft_data')
    const address = path('terminals', ptp.countryCode, ptp.partyId, this.#terminalId)
    const terminal = await this.#cpo.call('GET', address)
    const url = terminal.kind === 'ok' ? textAt(terminal.body, 'invoice_base_url') : undefined
    if (!isCdr(cdr) || url === undefined) return
    const eftData = Array.isArray(lines) ? lines.map(String) : []
    this.#tell({
      type: 'receipt.written',
      reference,
      lines: receiptLines({ seller: cpo.name, cdr, eftData }),
      url: receiptUrl(url, reference),
    })
  }
}

const amountsIn = (payment: unknown): string => JSON.stringify(at(payment, 'amounts'))

/** Where two nodes see a payment differently, or one has a remark; undefined when all is well. A part captured is no remark (PAY-031). */
const differenceOf = (atCpo: unknown, atPtp: unknown, status: string): string | undefined => {
  const [remark] = [atCpo, atPtp]
    .flatMap((payment): readonly unknown[] => {
      const remarks = at(payment, 'remarks')
      return Array.isArray(remarks) ? remarks : []
    })
    .filter((each) => status === 'SUCCESS' || textAt(each, 'code') !== 'amount_differs')
  if (remark !== undefined) return textAt(remark, 'message') ?? 'a remark'
  return amountsIn(atCpo) === amountsIn(atPtp) ? undefined : 'the two nodes state other amounts'
}

/** Card payments at a terminal, over the operator APIs of a CPO and a payment terminal provider. Nothing happens before `start()`. */
export const createCardPayments = (options: CardPaymentOptions): CardPayments => new TerminalVisits(options)
