import { foldCase, OcpiRefusal, type ocpi230, type PartyId } from '@interwatt/protocol'
import { bookingLocationKey, type ObjectKey, type ObjectStore, type StoredObject } from '@interwatt/store'
import { isLive } from '../plan-write.js'
import { readPlace } from './booking-identity.js'
import { NOT_ASSIGNED } from './holds.rules.js'

type BookingRequest = ocpi230.BookingRequest

const unknown = (what: string): OcpiRefusal =>
  new OcpiRefusal('unknownLocation', `There is no such ${what} here (BKG-030).`, { http: 200 })

/** Booking locations at one location that one request may mean; more than this is never unambiguous. */
const SEARCHED = 100

const atLocation = async (
  objects: ObjectStore,
  owner: PartyId,
  locationId: string,
): Promise<readonly StoredObject[]> => {
  const found = await objects.page({
    kind: 'booking_location',
    owners: [owner],
    receivedFrom: null,
    where: { location_id: locationId },
    limit: SEARCHED,
  })
  const rows = await objects.getMany(found.items.map(({ key }) => key))
  return rows.filter(isLive)
}

const evseOf = (option: ocpi230.BookingOption | undefined): string | undefined =>
  option?.evse_uid === undefined || option.evse_uid === NOT_ASSIGNED ? undefined : foldCase(option.evse_uid)

/** Whether a place is for what the request selects: the EVSE, where both name one. */
const fits = (row: StoredObject, request: BookingRequest): boolean => {
  const wanted = evseOf(request.booking_option)
  const offered = evseOf(readPlace(row.document).booking_option)
  return wanted === undefined || offered === undefined || wanted === offered
}

const named = async (
  objects: ObjectStore,
  owners: readonly PartyId[],
  request: BookingRequest,
  id: string,
): Promise<StoredObject> => {
  const rows = await objects.getMany(owners.map((owner) => bookingLocationKey(owner, id)))
  const place = rows
    .filter(isLive)
    .find(({ document }) => foldCase(String(document.location_id)) === foldCase(request.location_id))
  if (place === undefined) throw unknown('booking location at this location')
  if (!fits(place, request)) throw unknown('EVSE at this booking location')
  return place
}

/**
 * The own booking location that a request is for. One that names none is understood when its location and option leave
 * no choice (BKG-031); an unknown one is 2003 and makes no booking (BKG-030).
 */
export const findPlace = async (
  objects: ObjectStore,
  owners: readonly PartyId[],
  request: BookingRequest,
): Promise<{ readonly key: ObjectKey; readonly id: string }> => {
  const { booking_location_id: id } = request
  if (id !== undefined) {
    const place = await named(objects, owners, request, id)
    return { key: place.key, id: readPlace(place.document).id }
  }
  const all = await Promise.all(owners.map((owner) => atLocation(objects, owner, request.location_id)))
  const [place, second] = all.flat().filter((row) => fits(row, request))
  if (place === undefined) throw unknown('booking location')
  if (second !== undefined)
    throw new OcpiRefusal('invalid', '/booking_location_id is needed: several fit the request (BKG-031).')
  return { key: place.key, id: readPlace(place.document).id }
}
