import {
  bookingKey,
  bookingLocationKey,
  cdrKey,
  clientInfoKey,
  confirmationKey,
  type Document,
  invoiceRecordKey,
  liftingFacts,
  type ObjectKey,
  type ObjectLookup,
  type ObjectStore,
  type Partner,
  type StoredObject,
  sessionKey,
  tariffKey,
  terminalKey,
  tokenKey,
} from '@interwatt/store'
import type { PulledItem, PulledName, ReturnedParty, SyncDeps } from '@interwatt/sync'
import type { Directory } from '../directory/partner-directory.js'
import { hasOwnSource, moduleOf } from '../modules/access.rules.js'
import { planReceivedBooking } from '../modules/bookings/plan-received.js'
import { planCdr } from '../modules/cdrs/handlers.js'
import { planSuspend } from '../modules/hubclientinfo/plan-suspend.js'
import { returnedBy } from '../modules/hubclientinfo/returned.js'
import { effectiveInstant, type Incoming, type Origin } from '../modules/incoming.js'
import { locationWrite } from '../modules/locations/location-write.js'
import { planConfirmation } from '../modules/payments/plan-confirmation.js'
import { planDelete, planPut } from '../modules/plan-write.js'

export interface PulledDeps {
  readonly objects: ObjectStore
  readonly directory: Pick<Directory, 'hosted' | 'partners'>
  readonly now: () => number
  /** Told of every pulled session that changed: commands adopt theirs. */
  onSession(partnerId: string, session: Document): Promise<void>
  /** Told of parties that a hub lists as there again (HCI-012). */
  onReturned(partnerId: string, returned: readonly ReturnedParty[]): Promise<void>
  /** Told when a hub said something of its clients. */
  forgetClients(hubId: string): void
  /** Told of every pulled CDR that is new. */
  onCdr(cdr: StoredObject): Promise<void>
}

/** Lists that each of our parties asks for itself hold what is between that party and the owner. */
const addresseeOf = (name: PulledName, { askedFor }: PulledItem): Pick<Incoming, 'addressee'> =>
  isBetweenTwo(name) ? { addressee: askedFor } : {}

const isBetweenTwo = (name: PulledName): boolean =>
  name === 'terminal' || name === 'financial_advice_confirmation' || name === 'invoice_reconciliation_record'

const incomingOf = (name: PulledName, item: PulledItem, origin: Origin): Incoming => ({
  ...addresseeOf(name, item),
  document: item.document,
  unmapped: item.unmapped ?? null,
  versionIn: origin.version,
  receivedFrom: origin.receivedFrom,
  lastUpdated: effectiveInstant(item.document.last_updated, origin.nowMs),
})

const keyOf = (
  name: Exclude<PulledName, 'location'>,
  { document, owner: party }: PulledItem,
  partnerId: string,
): ObjectKey => {
  switch (name) {
    case 'tariff':
      return tariffKey(party, String(document.id))
    case 'session':
      return sessionKey(party, String(document.id))
    case 'cdr':
      return cdrKey(party, String(document.id))
    case 'booking_location':
      return bookingLocationKey(party, String(document.id))
    case 'booking':
      return bookingKey(party, String(document.id))
    case 'token':
      return tokenKey(party, String(document.uid), String(document.type))
    case 'client_info':
      return clientInfoKey(party, String(document.role), partnerId)
    case 'terminal':
      return terminalKey(party, String(document.terminal_id))
    case 'financial_advice_confirmation':
      return confirmationKey(party, String(document.id))
    case 'invoice_reconciliation_record':
      return invoiceRecordKey(party, String(document.id))
  }
}

const _PLANS = {
  tariff: planPut,
  token: planPut,
  session: planPut,
  cdr: planCdr,
  booking_location: planPut,
  booking: planReceivedBooking,
} as const

/** A hub lists what it was given by everybody, by us and by our direct partners too; that does not come back through it. */
const mayBring = (
  { directory }: PulledDeps,
  partner: Partner,
  name: PulledName,
): ((item: PulledItem) => boolean) => {
  // What a hub says of others is its own, whoever they are.
  if (name === 'client_info') return () => true
  const bringer = { partnerId: partner.id, roles: partner.roles }
  // NOTE: what is between two parties is asked of its owner only, never of a hub.
  if (isBetweenTwo(name)) return () => true
  return ({ owner }) => {
    return !hasOwnSource(directory, bringer, moduleOf[name], owner)
  }
}

const planFor = (name: PulledName): typeof planPut => {
  if (name === 'cdr') return planCdr
  return name === 'financial_advice_confirmation' ? planConfirmation : planPut
}

/** Stores pulled pages with the same rules as pushes: newer wins, equal content wakes nobody (TRN-075, TRN-077). */
export const createApplyPulled =
  (deps: PulledDeps): SyncDeps['applyPulled'] =>
  async (partner, name, items) => {
    if (partner.version === null) return { changed: 0 }
    const owner = partner.own == null ? undefined : partner.roles[0]?.party
    const nowMs = deps.now()
    const origin: Origin = { version: partner.version, receivedFrom: partner.id, nowMs, facts: { owner } }
    const brings = mayBring(deps, partner, name)
    const returned: ReturnedParty[] = []
    const changes = await Promise.all(
      items.filter(brings).map(async (item) => {
        if (name === 'location') {
          const party = item.owner
          const outcome = await deps.objects.write(
            locationWrite(party, String(item.document.id), item.received, origin),
          )
          return outcome.changed.length
        }
        const key = keyOf(name, item, partner.id)
        const incoming = incomingOf(name, item, origin)
        const plan = planFor(name)
        let before: StoredObject | undefined
        const outcome = await deps.objects.write({
          reads: [key],
          plan(read) {
            before = read.get(key)
            return plan(key, incoming, read)
          },
        })
        const back = name === 'client_info' ? returnedBy(key, before, item.document) : undefined
        if (back && outcome.changed.length > 0) returned.push(back)
        if (name === 'session' && outcome.changed.length > 0) await deps.onSession(partner.id, item.document)
        const cdr = name === 'cdr' && outcome.changed.length > 0 ? await deps.objects.get(key) : undefined
        if (cdr) await deps.onCdr(cdr)
        return outcome.changed.length
      }),
    )
    if (name === 'client_info') deps.forgetClients(partner.id)
    await deps.onReturned(partner.id, returned)
    return { changed: changes.reduce((sum, count) => sum + count, 0) }
  }

/** Withdraws what a complete crawl did not see: tombstones, and SUSPENDED for clients a hub lists no more (LOC-012, TAR-004, HCI-017). */
export const createRetire =
  (deps: Pick<PulledDeps, 'objects' | 'now' | 'forgetClients'>): SyncDeps['retire'] =>
  async (partner: Partner, keys) => {
    const nowIso = new Date(deps.now()).toISOString()
    await Promise.all(
      keys.map((key) => {
        const plan = key.kind === 'client_info' ? planSuspend : planDelete
        return deps.objects.write({ reads: [key], plan: (read) => plan(key, nowIso, read) })
      }),
    )
    deps.forgetClients(partner.id)
  }

/** Withdraws what a partner that left had sent; nothing of it counts any more. */
export const createWithdraw =
  (deps: Pick<PulledDeps, 'objects' | 'now'>): SyncDeps['retire'] =>
  async (_partner: Partner, keys) => {
    const nowIso = new Date(deps.now()).toISOString()
    await Promise.all(
      keys.map((key) => deps.objects.write({ reads: [key], plan: (read) => planDelete(key, nowIso, read) })),
    )
  }

/** What a page of an older version leaves to the connection, with the tokens its sessions and CDRs name by contract. */
export const createFactsOfPulled =
  (lookup: ObjectLookup): SyncDeps['factsOfPulled'] =>
  (partner, items, { from, to }) =>
    partner.version === null
      ? Promise.resolve({})
      : liftingFacts(lookup, partner.version, items, { owner: to, tokenOwner: from })
