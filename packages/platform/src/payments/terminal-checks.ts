import { type Finding, foldCase, type PartyId } from '@interwatt/protocol'
import type { Document, EventStore, ObjectLookup, ObjectStore, StoredObject } from '@interwatt/store'
import type { PartyFinding } from '../services.js'
import { invoiceFindings, paidPlaceOf } from './invoice-creator.rules.js'

/** What an EVSE says when cards are taken there; one of them is enough (PAY-043). */
const CARD_CAPABILITIES = [
  'CHIP_CARD_SUPPORT',
  'CONTACTLESS_CARD_SUPPORT',
  'CREDIT_CARD_PAYABLE',
  'DEBIT_CARD_PAYABLE',
  'PED_TERMINAL',
] as const

/** What does not fit between payment terminals and the rest; nothing is refused because of it. */
export interface TerminalChecks {
  /** Of a CDR or a terminal; none of anything else. Pointers are into its document. */
  of(object: StoredObject): Promise<readonly Finding[]>
  /** EVSEs of a CPO party that a terminal serves and that do not say so, by key; at most `limit`. */
  ofParty(party: PartyId, limit: number): Promise<readonly PartyFinding[]>
  /** Tells who makes an invoice is seen differently, of a CDR that was just stored (PAY-026). */
  tellCdr(cdr: StoredObject): Promise<void>
}

const MOST_TERMINALS = 1000
/** EVSEs named in the answer to one write. */
const MOST_NAMED = 20

const textsIn = (document: Document, field: string): readonly string[] => {
  const { [field]: list } = document
  return Array.isArray(list) ? list.map(String) : []
}

const servedBy = (terminals: readonly Document[]) => ({
  locationIds: terminals.flatMap((terminal) => textsIn(terminal, 'location_ids')),
  evseUids: terminals.flatMap((terminal) => textsIn(terminal, 'evse_uids')),
})

const missing = (evse: StoredObject, pointer: string): Finding => ({
  pointer,
  code: 'rule_broken',
  message: `A payment terminal serves EVSE ${evse.key.id}, which has none of ${CARD_CAPABILITIES.join(', ')}.`,
  rule: 'PAY-043',
  severity: 'warning',
})

/** Where in a terminal an EVSE is assigned: by its uid, else by its location. */
const pointerTo = (terminal: Document, evse: StoredObject): string => {
  const uid = foldCase(String(evse.document.uid))
  const byUid = textsIn(terminal, 'evse_uids').findIndex((each) => foldCase(each) === uid)
  return byUid < 0 ? '/location_ids' : `/evse_uids/${byUid}`
}

/** Compares terminals with CDRs and EVSEs (PAY-026, PAY-043). */
export const createTerminalChecks = (deps: {
  readonly objects: Pick<ObjectStore, 'page' | 'getMany'>
  readonly lookup: Pick<ObjectLookup, 'terminalsServing' | 'evsesWithout'>
  readonly events: Pick<EventStore, 'append'>
}): TerminalChecks => {
  const ofCdr = async ({ document }: StoredObject): Promise<readonly Finding[]> => {
    const place = paidPlaceOf(document)
    if (place === undefined) return []
    const terminals = await deps.lookup.terminalsServing(place.ptp, place)
    return invoiceFindings(
      document,
      terminals.map((terminal) => terminal.document),
    )
  }

  const ofTerminal = async ({
    document,
    addressee,
    receivedFrom,
  }: StoredObject): Promise<readonly Finding[]> => {
    if (addressee === undefined || receivedFrom === null) return []
    const served = servedBy([document])
    const evses = await deps.lookup.evsesWithout(addressee, served, CARD_CAPABILITIES, MOST_NAMED)
    return evses.map((evse) => missing(evse, pointerTo(document, evse)))
  }

  return {
    async of(object) {
      if (object.key.kind === 'cdr') return ofCdr(object)
      return object.key.kind === 'terminal' ? ofTerminal(object) : []
    },
    async ofParty(party, limit) {
      const page = await deps.objects.page({ kind: 'terminal', addressees: [party], limit: MOST_TERMINALS })
      const terminals = await deps.objects.getMany(page.items.map(({ key }) => key))
      const received = terminals.filter((row) => row !== undefined && row.receivedFrom !== null)
      const served = servedBy(received.flatMap((row) => (row === undefined ? [] : [row.document])))
      const evses = await deps.lookup.evsesWithout(party, served, CARD_CAPABILITIES, limit)
      return evses.map((evse) => ({ ...missing(evse, '/capabilities'), object: evse.key }))
    },
    async tellCdr(cdr) {
      const [finding] = cdr.key.kind === 'cdr' ? await ofCdr(cdr) : []
      if (finding === undefined) return
      const { id, authorization_reference, invoice_reference_id } = cdr.document
      const { countryCode, partyId } = cdr.key
      const data = {
        country_code: countryCode,
        party_id: partyId,
        id,
        authorization_reference,
        invoice_reference_id,
        partner_id: cdr.receivedFrom,
        message: finding.message,
      }
      await deps.events.append({ type: 'cdr.invoice_creator_differs', subject: String(id), data })
    },
  }
}
