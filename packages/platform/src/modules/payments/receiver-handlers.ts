import { foldCase, OcpiRefusal, type PartyId } from '@interwatt/protocol'
import type { Handlers } from '@interwatt/server'
import {
  confirmationKey,
  type Document,
  type EventStore,
  type ObjectKey,
  type ReadSet,
  type StoredObject,
  terminalKey,
} from '@interwatt/store'
import { registeredIn } from '../access.rules.js'
import { addressedParties, callingParties } from '../calling-parties.js'
import { type Incoming, readIncoming } from '../incoming.js'
import { isLive, type Planned, planPut } from '../plan-write.js'
import { type AnyCall, type ModuleDeps, originOf, receive } from '../receive.js'
import { answerObject } from '../receive-object.js'
import { asDocument } from '../serving.js'
import { planConfirmation } from './plan-confirmation.js'

type ReceiverHandlers = Pick<Handlers, Extract<keyof Handlers, `payments.receiver.${string}`>>

export interface PaymentReceiverDeps extends ModuleDeps {
  readonly events: Pick<EventStore, 'append'>
}

type Plan = (key: ObjectKey, incoming: Incoming, read: ReadSet) => Planned

/** The party of ours that the document itself names, where it is one of these. */
const namedIn = (document: Document, parties: readonly PartyId[]): PartyId | undefined =>
  parties.find(
    ({ countryCode, partyId }) =>
      foldCase(String(document.country_code)) === countryCode &&
      foldCase(String(document.party_id)) === partyId,
  )

/** Payments, the CPO's side: terminals and confirmations that a PTP owns (PAY-005 to PAY-007, PAY-023, PAY-033 to PAY-036). */
export const paymentReceiverHandlers = (deps: PaymentReceiverDeps): ReceiverHandlers => {
  /** Keys an object of the caller may have: paths of this module name no owner (decision 0020). */
  const keysOf = (call: AnyCall, keyOf: (ptp: PartyId) => ObjectKey): readonly ObjectKey[] => {
    const preferred = callingParties(call, ['PTP'])
    const others = registeredIn(call.caller, ['PTP']).filter((party) => !preferred.includes(party))
    return [...preferred, ...others].map(keyOf)
  }
  const received = async (
    call: AnyCall,
    keyOf: (ptp: PartyId) => ObjectKey,
  ): Promise<StoredObject | undefined> =>
    (await deps.objects.getMany(keysOf(call, keyOf))).find(
      (row) => isLive(row) && row.receivedFrom === call.caller.partnerId,
    )
  const store = async (
    call: AnyCall,
    keys: readonly ObjectKey[],
    incoming: Incoming,
    plan: Plan,
  ): ReturnType<typeof receive> => {
    const [first] = keys
    if (first === undefined)
      throw new OcpiRefusal('invalid', 'You are not registered as a payment terminal provider (ROL-007).')
    const isTheirs = (read: ReadSet, key: ObjectKey): boolean => {
      const row = read.get(key)
      return isLive(row) && row.receivedFrom === call.caller.partnerId
    }
    const planAll = (read: ReadSet): Planned =>
      plan(keys.find((key) => isTheirs(read, key)) ?? first, incoming, read)
    return receive(deps, { reads: keys, plan: planAll }, 'unknownObject')
  }
  const forCpo = (call: AnyCall, document: Document): { addressee?: PartyId } => {
    const parties = addressedParties(deps.directory, call, ['CPO'])
    const addressee = namedIn(document, parties) ?? parties[0]
    return addressee === undefined ? {} : { addressee }
  }

  return {
    'payments.receiver.getTerminal': async (call) => {
      const found = await received(call, (ptp) => terminalKey(ptp, call.params.terminal_id))
      if (!found) throw new OcpiRefusal('unknownObject', 'There is no such terminal here.')
      return answerObject(deps, call, 'terminal', found, 'unknownObject')
    },
    'payments.receiver.postTerminal': async (call) => {
      const at = new Date(deps.now()).toISOString()
      const document: Document = { last_updated: at, ...asDocument(call.received) }
      const keys = keysOf(call, (ptp) => terminalKey(ptp, String(document.terminal_id)))
      const incoming = {
        ...readIncoming('terminal', document, originOf(call, deps.now)),
        ...forCpo(call, document),
      }
      return (await store(call, keys, incoming, planPut)).reply
    },
    'payments.receiver.getConfirmation': async (call) => {
      const found = await received(call, (ptp) => confirmationKey(ptp, call.params.confirmation_id))
      if (!found) throw new OcpiRefusal('unknownObject', 'There is no such confirmation here.')
      return answerObject(deps, call, 'financial_advice_confirmation', found, 'unknownObject')
    },
    'payments.receiver.postConfirmation': async (call) => {
      const document = asDocument(call.received)
      const linked = await deps.lookup.byAuthorizationReference(String(document.authorization_reference))
      const transaction = linked.find(
        (row) => row.receivedFrom === null && row.key.kind !== 'financial_advice_confirmation',
      )
      const addressee = transaction?.key ? { addressee: transaction.key } : forCpo(call, {})
      const keys = keysOf(call, (ptp) => confirmationKey(ptp, String(document.id)))
      const incoming = {
        ...readIncoming('financial_advice_confirmation', document, originOf(call, deps.now)),
        ...addressee,
      }
      const { reply, changed } = await store(call, keys, incoming, planConfirmation)
      if (changed && transaction === undefined) await tellUnmatched(call, document)
      return reply
    },
  }

  /** A confirmation of a transaction nobody knows here is kept, and somebody has to look at it (PAY-023). */
  async function tellUnmatched(call: AnyCall, document: Document): Promise<void> {
    const data = {
      id: document.id,
      authorization_reference: document.authorization_reference,
      partner_id: call.caller.partnerId,
      correlation_id: call.correlationId,
    }
    await deps.events.append({
      type: 'financial_advice_confirmation.unmatched',
      subject: String(document.id),
      data,
    })
  }
}
