import type { ObjectKey } from '@interwatt/store'

/** One text per object, for maps. */
export const keyText = (key: ObjectKey): string => `${key.kind}|${key.countryCode}|${key.partyId}|${key.id}`

/** The location an EVSE row belongs to; segments of ids are escaped, so the first slash ends the location's. */
export const locationKeyOf = (evse: ObjectKey): ObjectKey => {
  const end = evse.id.indexOf('/')
  return { ...evse, kind: 'location', id: end < 0 ? evse.id : evse.id.slice(0, end) }
}
