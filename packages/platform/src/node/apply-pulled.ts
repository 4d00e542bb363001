import { partyOf } from '@interwatt/protocol'
import {
  bookingKey,
  bookingLocationKey,
  cdrKey,
  type Document,
  type ObjectKey,
  type ObjectStore,
  type Partner,
  sessionKey,
  tariffKey,
  tokenKey,
} from '@interwatt/store'
import type { PulledItem, PulledName, SyncDeps } from '@interwatt/sync'
import type { Directory } from '../directory/partner-directory.js'
import { hasOwnSource, type moduleRoles } from '../modules/access.rules.js'
import { planReceivedBooking } from '../modules/bookings/plan-received.js'
import { planCdr } from '../modules/cdrs/handlers.js'
import { effectiveInstant, type Incoming, type Origin } from '../modules/incoming.js'
import { locationWrite } from '../modules/locations/location-write.js'
import { planDelete, planPut } from '../modules/plan-write.js'

export interface PulledDeps {
  readonly objects: ObjectStore
  readonly directory: Pick<Directory, 'hosted' | 'partners'>
  readonly now: () => number
  /** Told of every pulled session that changed: commands adopt theirs. */
  onSession(partnerId: string, session: Document): Promise<void>
}

const incomingOf = (item: PulledItem, origin: Origin): Incoming => ({
  document: item.document,
  unmapped: item.unmapped ?? null,
  versionIn: origin.version,
  receivedFrom: origin.receivedFrom,
  lastUpdated: effectiveInstant(item.document.last_updated, origin.nowMs),
})

const keyOf = (name: Exclude<PulledName, 'location'>, document: Document): ObjectKey => {
  const party = partyOf(String(document.country_code), String(document.party_id))
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
  }
}

const MODULE_OF = {
  location: 'locations',
  tariff: 'tariffs',
  token: 'tokens',
  session: 'sessions',
  cdr: 'cdrs',
  booking_location: 'bookings',
  booking: 'bookings',
} as const satisfies Record<PulledName, keyof typeof moduleRoles>

const PLANS = {
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
  const bringer = { partnerId: partner.id, roles: partner.roles }
  return ({ document }) => {
    const owner = partyOf(String(document.country_code), String(document.party_id))
    return !hasOwnSource(directory, bringer, MODULE_OF[name], owner)
  }
}

/** Stores pulled pages with the same rules as pushes: newer wins, equal content wakes nobody (TRN-075, TRN-077). */
export const createApplyPulled =
  (deps: PulledDeps): SyncDeps['applyPulled'] =>
  async (partner, name, items) => {
    if (partner.version === null) return { changed: 0 }
    const origin: Origin = { version: partner.version, receivedFrom: partner.id, nowMs: deps.now() }
    const brings = mayBring(deps, partner, name)
    const changes = await Promise.all(
      items.filter(brings).map(async (item) => {
        if (name === 'location') {
          const party = partyOf(String(item.document.country_code), String(item.document.party_id))
          const outcome = await deps.objects.write(
            locationWrite(party, String(item.document.id), item.received, origin),
          )
          return outcome.changed.length
        }
        const key = keyOf(name, item.document)
        const incoming = incomingOf(item, origin)
        const plan = PLANS[name]
        const outcome = await deps.objects.write({ reads: [key], plan: (read) => plan(key, incoming, read) })
        if (name === 'session' && outcome.changed.length > 0) await deps.onSession(partner.id, item.document)
        return outcome.changed.length
      }),
    )
    return { changed: changes.reduce((sum, count) => sum + count, 0) }
  }

/** Withdraws what a complete crawl did not see; the rows stay as tombstones (LOC-012, TAR-004). */
export const createRetire =
  (deps: Pick<PulledDeps, 'objects' | 'now'>): SyncDeps['retire'] =>
  async (_partner: Partner, keys) => {
    const nowIso = new Date(deps.now()).toISOString()
    await Promise.all(
      keys.map((key) => deps.objects.write({ reads: [key], plan: (read) => planDelete(key, nowIso, read) })),
    )
  }
