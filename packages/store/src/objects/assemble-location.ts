import type { KeptParts, StoredObject } from '../ports/objects.js'

const partsOf = ({ versionIn }: StoredObject, evses: readonly StoredObject[]): { parts?: KeptParts } => {
  const apart = evses.filter((evse) => evse.versionIn !== versionIn || evse.unmapped !== null)
  return apart.length === 0 ? {} : { parts: new Map(apart.map((evse) => [evse.key.id, evse])) }
}

/** A location with its living EVSEs in order of creation and the later of all `last_updated` (LOC-095). */
export const assembleLocation = (location: StoredObject, evses: readonly StoredObject[]): StoredObject => {
  const living = evses
    .filter(({ deletedAt }) => deletedAt === null)
    .sort((a, b) => a.createdSeq - b.createdSeq)
  // ISO text in UTC orders like the time it stands for.
  const latest =
    evses
      .map(({ lastUpdated }) => lastUpdated)
      .sort()
      .at(-1) ?? ''
  const newer = latest > location.lastUpdated
  return {
    ...location,
    ...partsOf(location, living),
    lastUpdated: newer ? latest : location.lastUpdated,
    document: {
      ...location.document,
      ...(newer ? { last_updated: latest } : {}),
      ...(living.length > 0 ? { evses: living.map(({ document }) => document) } : {}),
    },
  }
}
