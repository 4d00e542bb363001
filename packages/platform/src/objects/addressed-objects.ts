import { foldCase, type PartyId, partyOf, type VersionId } from '@interwatt/protocol'
import type { CommandStore, Document, ObjectKey, ObjectLookup, ReadSet } from '@interwatt/store'
import { type Recipient, recipientOf } from '../invoices/recipient.rules.js'
import { type Incoming, readIncoming } from '../modules/incoming.js'
import { planPutOwnRecord } from '../modules/invoice-reconciliation/plan-record.js'
import { planConfirmation } from '../modules/payments/plan-confirmation.js'
import { isLive, type Planned, planPut } from '../modules/plan-write.js'
import { type Problem, problem, type Result } from '../services.js'
import { addressOf, keySegments, readOwn } from './own-objects.js'
import { type OwnWrite, ownOrigin } from './own-write.js'

/** Kinds of objects between two parties: who the other one is has to be found before they are stored (decision 0020). */
export type AddressedKind = 'terminal' | 'financial_advice_confirmation' | 'invoice_reconciliation_record'

type AddressedKey = ObjectKey & { readonly kind: AddressedKind }

export const isAddressed = (key: ObjectKey): key is AddressedKey =>
  key.kind === 'terminal' ||
  key.kind === 'financial_advice_confirmation' ||
  key.kind === 'invoice_reconciliation_record'

export interface AddressedDeps {
  readonly lookup: Pick<ObjectLookup, 'byAuthorizationReference' | 'cdrsById'>
  readonly commands: Pick<CommandStore, 'sentWithReference'>
  readonly now: () => number
}

/** The CPO a terminal names as its customer. */
const customerOf = ({ country_code: country, party_id: party }: Document): PartyId | undefined =>
  typeof country === 'string' && typeof party === 'string' ? partyOf(country, party) : undefined

const isAssigned = ({ location_ids: locations, evse_uids: evses }: Document): boolean =>
  [locations, evses].some((list) => Array.isArray(list) && list.length > 0)

/** A new terminal is assigned by its CPO, unless it was activated, which makes it known here (PAY-008). */
const planPutTerminal = (key: ObjectKey, incoming: Incoming, read: ReadSet): Planned => {
  const existing = read.get(key)
  if (!isLive(existing) && isAssigned(incoming.document)) {
    const message = 'a new terminal has no locations or EVSEs; its CPO assigns them'
    const finding = { pointer: '/location_ids', code: 'rule_broken', message, rule: 'PAY-008' } as const
    return { upserts: [], result: { kind: 'invalid', findings: [{ ...finding, severity: 'error' }] } }
  }
  const addressee = incoming.addressee ?? existing?.addressee
  return planPut(key, addressee === undefined ? incoming : { ...incoming, addressee }, read)
}

const SHOWN = 10

const recipientProblem = (recipient: Exclude<Recipient, { kind: 'party' }>): Problem => {
  switch (recipient.kind) {
    case 'unknown_cdrs': {
      const { ids } = recipient
      const more = ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : ''
      return problem(
        422,
        'Unknown CDRs',
        `This party has no CDR ${ids.slice(0, SHOWN).join(', ')}${more}; a record lists CDRs that are known here (INV-017).`,
      )
    }
    case 'different':
      return problem(
        422,
        'The CDRs belong to different recipients',
        `They are with ${recipient.parties.join(', ')}; make one record for each (INV-006).`,
      )
    case 'ambiguous':
      return problem(
        422,
        'Several recipients fit',
        `${recipient.parties.join(' and ')} both have CDRs with these ids; add a CDR that only one of them has (INV-021).`,
      )
  }
}

/** Writes of own objects that go to one other party only. */
export const createAddressedObjects = (deps: AddressedDeps) => {
  /** The CPO of a transaction: known from its session or CDR, or from the command that began it (PAY-021). */
  const cpoOf = async (reference: string): Promise<PartyId | undefined> => {
    const linked = await deps.lookup.byAuthorizationReference(reference)
    const row = linked.find(
      ({ key, receivedFrom }) => receivedFrom !== null && key.kind !== 'financial_advice_confirmation',
    )
    if (row) return row.key
    const [command] = await deps.commands.sentWithReference(reference)
    return command?.party ?? undefined
  }

  const addresseeOf = async (key: AddressedKey, document: Document): Promise<Result<PartyId | undefined>> => {
    if (key.kind === 'terminal') return { kind: 'done', value: customerOf(document) }
    if (key.kind === 'financial_advice_confirmation') {
      const reference = String(document.authorization_reference)
      const cpo = await cpoOf(reference)
      return cpo === undefined
        ? problem(
            422,
            'Unknown transaction',
            `No command, session or CDR here has the authorization reference ${reference} (PAY-021).`,
          )
        : { kind: 'done', value: cpo }
    }
    const ids = Array.isArray(document.cdrs) ? document.cdrs.map(String) : []
    const recipient = recipientOf(key, ids, await deps.lookup.cdrsById(ids))
    return recipient.kind === 'party' ? { kind: 'done', value: recipient.party } : recipientProblem(recipient)
  }

  const planOf = (key: AddressedKey, incoming: Incoming, nowIso: string) => {
    switch (key.kind) {
      case 'terminal':
        return (read: ReadSet) => planPutTerminal(key, incoming, read)
      case 'financial_advice_confirmation':
        return (read: ReadSet) => planConfirmation(key, incoming, read)
      case 'invoice_reconciliation_record':
        return (read: ReadSet) => planPutOwnRecord(key, incoming, nowIso, read)
    }
  }

  return {
    /** Replaces or creates an own object; the problem says what is wrong with it, or why nobody can get it. */
    async put(key: AddressedKey, body: unknown, version: VersionId): Promise<Result<OwnWrite>> {
      const nowMs = deps.now()
      const nowIso = new Date(nowMs).toISOString()
      const read = readOwn(key.kind, version, body, addressOf(key, keySegments(key)[0] ?? ''), nowIso)
      if (read.kind === 'problem') return read
      const addressee = await addresseeOf(key, read.value)
      if (addressee.kind === 'problem') return addressee
      const incoming: Incoming = {
        ...readIncoming(key.kind, read.value, ownOrigin(version, nowMs)),
        ...(addressee.value === undefined ? {} : { addressee: folded(addressee.value) }),
      }
      return { kind: 'done', value: { reads: [key], plan: planOf(key, incoming, nowIso) } }
    },
  }
}

const folded = ({ countryCode, partyId }: PartyId): PartyId => ({
  countryCode: foldCase(countryCode),
  partyId: foldCase(partyId),
})

export type AddressedObjects = ReturnType<typeof createAddressedObjects>
