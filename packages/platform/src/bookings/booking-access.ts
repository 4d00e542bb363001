import { foldCase, type PartyId, sameParty } from '@interwatt/protocol'
import type { BookingStore, Document, ObjectLookup, ObjectStore } from '@interwatt/store'
import { type Directory, hostedIn } from '../directory/partner-directory.js'
import { type Access, type Arrival, accessOf, type Required } from '../modules/bookings/access.rules.js'
import { readBooking, readPlace } from '../modules/bookings/booking-identity.js'
import { isLive } from '../modules/plan-write.js'

export interface AccessDeps {
  readonly objects: ObjectStore
  readonly bookings: BookingStore
  readonly lookup: Pick<ObjectLookup, 'tokensByUid'>
  readonly directory: Pick<Directory, 'hosted'>
  readonly now: () => number
}

/** Who arrives, as far as the caller knows. */
export type Arriving = Pick<Arrival, 'token' | 'manner'> & {
  readonly locationId: string
  readonly evseUids?: readonly string[] | undefined
  /** CPO party, where it is known which. */
  readonly owner?: PartyId
}

/** Says what bookings at this node say about an arrival. */
export type AskAccess = (arriving: Arriving) => Promise<Access>

const PLACES = 100

const groupIn = (document: Document): string | undefined =>
  typeof document.group_id === 'string' ? foldCase(document.group_id) : undefined

/** Booking locations of a location where walk-up starts are refused (BKG-063). */
const requiredAt = async (
  deps: AccessDeps,
  owner: PartyId,
  locationId: string,
): Promise<readonly Required[]> => {
  const page = await deps.objects.page({
    kind: 'booking_location',
    owners: [owner],
    receivedFrom: null,
    where: { location_id: locationId },
    limit: PLACES,
  })
  const rows = await deps.objects.getMany(page.items.map(({ key }) => key))
  return rows
    .filter(isLive)
    .map(({ document }) => readPlace(document))
    .filter(({ policy }) => policy?.reservation_required === true)
    .map(({ booking_option: option }) => ({ evseUid: option?.evse_uid }))
}

const groupsOf = async (deps: AccessDeps, uids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const groups = new Map<string, string>()
  for (const uid of new Set(uids)) {
    for (const { document } of await deps.lookup.tokensByUid(uid)) {
      const group = groupIn(document)
      if (group !== undefined) groups.set(tokenText(document), group)
    }
  }
  return groups
}

const tokenText = ({ country_code, party_id, uid, type }: Readonly<Record<string, unknown>>): string =>
  foldCase([country_code, party_id, uid, type].join('/'))

/** Looks up the bookings of a place and asks the rules. */
export const createAskAccess =
  (deps: AccessDeps): AskAccess =>
  async ({ token, manner, locationId, evseUids, owner }) => {
    const owners = hostedIn(deps.directory.hosted(), 'CPO').filter(
      (party) => owner === undefined || sameParty(party, owner),
    )
    for (const party of owners) {
      const rows = await deps.bookings.reservedAt(party, locationId)
      const bookings = rows.map(({ document }) => readBooking(document))
      const required = await requiredAt(deps, party, locationId)
      if (bookings.length === 0 && required.length === 0) continue
      const grouped = bookings.filter(({ booking_terms: terms }) => terms.token_groups_supported === true)
      const uids = grouped.flatMap(({ booking_tokens: tokens }) => (tokens ?? []).map(({ uid }) => uid))
      const groups = await groupsOf(deps, grouped.length === 0 ? [] : [token.uid, ...uids])
      const own = [...groups].find(([text]) => text.endsWith(foldCase(`/${token.uid}/${token.type}`)))
      const access = accessOf(
        {
          token,
          manner,
          groupId: own?.[1],
          evseUids: evseUids?.map(foldCase),
          nowMs: deps.now(),
        },
        { bookings, required, groupOf: (each) => groups.get(tokenText(each)) },
      )
      if (access.kind !== 'none') return access
    }
    return { kind: 'none' }
  }
