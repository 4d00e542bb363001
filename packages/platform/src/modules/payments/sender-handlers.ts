import { OcpiRefusal, type PartyId, sameParty } from '@interwatt/protocol'
import type { Call, Handlers, Reply } from '@interwatt/server'
import {
  confirmationKey,
  type Document,
  type EventStore,
  type ObjectKey,
  type StoredObject,
  terminalKey,
} from '@interwatt/store'
import { assertSameId, registeredIn } from '../access.rules.js'
import { addressedParties, callingParties } from '../calling-parties.js'
import type { Origin } from '../incoming.js'
import { listOwn } from '../listing.js'
import { isLive } from '../plan-write.js'
import { type AnyCall, type ModuleDeps, receive } from '../receive.js'
import { answerObject } from '../receive-object.js'
import { asDocument } from '../serving.js'
import {
  activatedId,
  ownCustomer,
  planActivation,
  planDeactivation,
  planTerminalChange,
  proposedFields,
} from './terminal.rules.js'

type SenderHandlers = Pick<Handlers, Extract<keyof Handlers, `payments.sender.${string}`>>

export interface PaymentSenderDeps extends ModuleDeps {
  readonly events: Pick<EventStore, 'append'>
}

const CPO = ['CPO']
const PTP = ['PTP']

const unknownTerminal = (): OcpiRefusal => new OcpiRefusal('unknownObject', 'There is no such terminal here.')

const isFor = (object: StoredObject, parties: readonly PartyId[]): boolean =>
  parties.some((party) => object.addressee !== undefined && sameParty(party, object.addressee))

/** Payments, the PTP's side: what it owns, shown to and changed by the CPO it works for (PAY-001 to PAY-004, PAY-042). */
export const paymentSenderHandlers = (deps: PaymentSenderDeps): SenderHandlers => {
  const own = async (
    call: AnyCall,
    keyOf: (ptp: PartyId) => ObjectKey,
  ): Promise<StoredObject | undefined> => {
    const keys = addressedParties(deps.directory, call, PTP).map(keyOf)
    const callers = callingParties(call, CPO)
    return (await deps.objects.getMany(keys)).find(
      (row) => isLive(row) && row.receivedFrom === null && isFor(row, callers),
    )
  }
  const ownTerminal = async (call: AnyCall, id: string): Promise<StoredObject & { addressee: PartyId }> => {
    const terminal = await own(call, (ptp) => terminalKey(ptp, id))
    if (terminal?.addressee === undefined) throw unknownTerminal()
    return { ...terminal, addressee: terminal.addressee }
  }
  const originNow = (call: AnyCall): Origin => ({
    version: call.version,
    receivedFrom: null,
    nowMs: deps.now(),
  })
  const nowIso = (): string => new Date(deps.now()).toISOString()

  /** Tells the back end who asked for what; the terminal itself appears in the feed when it changed. */
  const tell = async (type: string, call: AnyCall, key: ObjectKey, request: Document): Promise<void> => {
    const terminal = await deps.objects.get(key)
    const addressee = terminal?.addressee
    const data = {
      terminal_id: terminal?.document.terminal_id,
      country_code: key.countryCode,
      party_id: key.partyId,
      partner_id: call.caller.partnerId,
      cpo: addressee && { country_code: addressee.countryCode, party_id: addressee.partyId },
      request,
      correlation_id: call.correlationId,
    }
    await deps.events.append({ type, subject: `${key.countryCode}*${key.partyId}/${key.id}`, data })
  }

  const change = async (call: AnyCall, id: string, form: 'whole' | 'patch'): Promise<Reply> => {
    const received = asDocument(call.received)
    assertSameId('terminal_id', id, received.terminal_id)
    const { key, document, addressee } = await ownTerminal(call, id)
    const fields = proposedFields(received, form)
    const customer = ownCustomer(document, fields, registeredIn(call.caller, CPO))
    const write = { key, fields, addressee: customer ?? addressee, nowIso: nowIso() }
    const { reply, changed } = await receive(
      deps,
      { reads: [key], plan: (read) => planTerminalChange(write, originNow(call), read) },
      'unknownObject',
    )
    if (changed) await tell('terminal.changed_by_partner', call, key, fields)
    return reply
  }

  const activate = async (call: Call<'payments.sender.activateTerminal'>): Promise<Reply> => {
    const received = asDocument(call.received)
    const [ptp] = addressedParties(deps.directory, call, PTP)
    const [cpo] = callingParties(call, CPO)
    if (ptp === undefined || cpo === undefined)
      throw new OcpiRefusal('unknownObject', 'There is no payment terminal provider here for you.')
    const { reference } = received
    if (typeof reference !== 'string')
      throw new OcpiRefusal('notEnoughInformation', '/reference is needed to tell which terminal is meant.')
    const fields = proposedFields(received, 'whole')
    const customer = ownCustomer({}, fields, registeredIn(call.caller, CPO))
    const [known] = await deps.lookup.terminalsByReference(ptp, reference)
    const key = known?.key ?? terminalKey(ptp, activatedId(ptp, reference))
    const write = { key, fields, reference, addressee: customer ?? cpo, nowIso: nowIso() }
    const { reply, changed } = await receive(
      deps,
      { reads: [key], plan: (read) => planActivation(write, originNow(call), read) },
      'unknownObject',
    )
    if (changed) await tell('terminal.activated', call, key, { ...fields, reference })
    return reply
  }

  return {
    'payments.sender.listTerminals': (call) =>
      listOwn(deps, call, 'terminal', 'PTP', { addressees: callingParties(call, CPO) }),
    'payments.sender.getTerminal': async (call) =>
      answerObject(deps, call, 'terminal', await ownTerminal(call, call.params.terminal_id), 'unknownObject'),
    'payments.sender.activateTerminal': activate,
    'payments.sender.deactivateTerminal': async (call) => {
      const { key, addressee } = await ownTerminal(call, call.params.terminal_id)
      const write = { key, addressee, nowIso: nowIso() }
      const { reply } = await receive(
        deps,
        { reads: [key], plan: (read) => planDeactivation(write, originNow(call), read) },
        'unknownObject',
      )
      await tell('terminal.deactivated', call, key, {})
      return reply
    },
    'payments.sender.putTerminal': (call) => change(call, call.params.terminal_id, 'whole'),
    'payments.sender.patchTerminal': (call) => change(call, call.params.terminal_id, 'patch'),
    'payments.sender.listConfirmations': (call) =>
      listOwn(deps, call, 'financial_advice_confirmation', 'PTP', { addressees: callingParties(call, CPO) }),
    'payments.sender.getConfirmation': async (call) => {
      const found = await own(call, (ptp) => confirmationKey(ptp, call.params.confirmation_id))
      if (!found) throw new OcpiRefusal('unknownObject', 'There is no such confirmation here.')
      return answerObject(deps, call, 'financial_advice_confirmation', found, 'unknownObject')
    },
  }
}
