import { OcpiRefusal, type PartyId, partyOf, sameParty } from '@interwatt/protocol'
import type { Handlers } from '@interwatt/server'
import { type EventStore, invoiceRecordKey, type StoredObject } from '@interwatt/store'
import { assertMayOwn, assertSameId, assertSameParty } from '../access.rules.js'
import { addressedParties, callingParties } from '../calling-parties.js'
import { readIncoming } from '../incoming.js'
import { listOwn } from '../listing.js'
import { isLive, planDelete, planPut } from '../plan-write.js'
import { type AnyCall, type ModuleDeps, originOf, receive } from '../receive.js'
import { answerObject } from '../receive-object.js'
import { asDocument } from '../serving.js'
import { planPostRecord } from './plan-record.js'

type RecordHandlers = Pick<Handlers, Extract<keyof Handlers, `invoicereconciliation.${string}`>>

export interface InvoiceDeps extends ModuleDeps {
  readonly events: Pick<EventStore, 'append'>
}

const BILLING = ['CPO', 'EMSP'] as const

/** The role that is billed by an issuer: the eMSP by a CPO, the CPO by an eMSP in reverse billing. */
const billedRole = (call: AnyCall, issuer: PartyId): string => {
  const roles = call.caller.roles.filter(({ party }) => sameParty(party, issuer)).map(({ role }) => role)
  return roles.includes('CPO') ? 'EMSP' : 'CPO'
}

const sayGone = (): OcpiRefusal => new OcpiRefusal('unknownObject', 'There is no such record here.')

/** Invoice reconciliation, issuer and recipient (INV-001, INV-002, INV-007 to INV-015, INV-028). */
export const invoiceHandlers = (deps: InvoiceDeps): RecordHandlers => {
  const issuerIn = (
    call: AnyCall & { readonly params: { readonly country_code: string; readonly party_id: string } },
  ): PartyId => {
    const issuer = partyOf(call.params.country_code, call.params.party_id)
    assertMayOwn(call.caller, 'invoicereconciliation', issuer)
    return issuer
  }
  const incomingOf = (call: AnyCall, issuer: PartyId) => {
    const [addressee] = [billedRole(call, issuer), ...BILLING].flatMap((role) =>
      addressedParties(deps.directory, call, [role]),
    )
    const incoming = readIncoming(
      'invoice_reconciliation_record',
      asDocument(call.received),
      originOf(call, deps.now),
    )
    return addressee === undefined ? incoming : { ...incoming, addressee }
  }
  /** What a partner's record said before it was replaced or deleted stays in the feed of events (INV-012). */
  const keepTrace = async (call: AnyCall, before: StoredObject | undefined): Promise<void> => {
    if (!isLive(before)) return
    const { key, document } = before
    const data = { before: document, partner_id: call.caller.partnerId, correlation_id: call.correlationId }
    const subject = `${key.countryCode}*${key.partyId}/${key.id}`
    await deps.events.append({ type: 'invoice_reconciliation_record.replaced', subject, data })
  }

  return {
    'invoicereconciliation.sender.list': (call) =>
      listOwn(deps, call, 'invoice_reconciliation_record', BILLING, {
        addressees: callingParties(call, BILLING),
      }),
    'invoicereconciliation.receiver.get': async (call) => {
      const record = await deps.objects.get(invoiceRecordKey(issuerIn(call), call.params.record_id))
      if (!isLive(record) || record.receivedFrom !== call.caller.partnerId) throw sayGone()
      return answerObject(deps, call, 'invoice_reconciliation_record', record, 'unknownObject')
    },
    'invoicereconciliation.receiver.post': async (call) => {
      const received = asDocument(call.received)
      const issuer = partyOf(String(received.country_code), String(received.party_id))
      assertMayOwn(call.caller, 'invoicereconciliation', issuer, 'invalid')
      const key = invoiceRecordKey(issuer, String(received.id))
      const incoming = incomingOf(call, issuer)
      const plan = (read: Parameters<typeof planPostRecord>[2]) => planPostRecord(key, incoming, read)
      return (await receive(deps, { reads: [key], plan }, 'unknownObject')).reply
    },
    'invoicereconciliation.receiver.put': async (call) => {
      const issuer = issuerIn(call)
      const received = asDocument(call.received)
      assertSameParty(issuer, received)
      assertSameId('id', call.params.record_id, received.id)
      const key = invoiceRecordKey(issuer, call.params.record_id)
      const incoming = incomingOf(call, issuer)
      let before: StoredObject | undefined
      const { reply, changed } = await receive(
        deps,
        {
          reads: [key],
          plan: (read) => {
            before = read.get(key)
            return planPut(key, incoming, read)
          },
        },
        'unknownObject',
      )
      if (changed) await keepTrace(call, before)
      return reply
    },
    'invoicereconciliation.receiver.delete': async (call) => {
      const key = invoiceRecordKey(issuerIn(call), call.params.record_id)
      const nowIso = new Date(deps.now()).toISOString()
      const { reply } = await receive(
        deps,
        { reads: [key], plan: (read) => planDelete(key, nowIso, read) },
        'unknownObject',
      )
      return reply
    },
  }
}
