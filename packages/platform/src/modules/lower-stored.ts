import {
  type CrossingFacts,
  type DocumentName,
  isJsonObject,
  type JsonObject,
  type Lowered,
  lower,
  type VersionId,
} from '@interwatt/protocol'
import { evseKeyIn, type Kept, type StoredObject } from '@interwatt/store'

/** What is needed of a stored object, or of a location put together from its parts, to say it in a version. */
export type Lowerable = Pick<StoredObject, 'document' | 'versionIn' | 'unmapped'> &
  Partial<Pick<StoredObject, 'key' | 'parts'>>

const unmappedIn = (version: VersionId, { versionIn, unmapped }: Kept): unknown =>
  versionIn === version ? (unmapped ?? undefined) : undefined

/** Whether a part may be said differently by itself than inside of the whole. */
const hasRemainders = (version: VersionId, stored: Lowerable): boolean =>
  stored.parts !== undefined || unmappedIn(version, stored) !== undefined

/** A location is kept in parts, and each is given back as it came (docs/decisions/0002). */
const lowerLocation = (
  version: VersionId,
  stored: Lowerable,
  evses: readonly unknown[],
  facts: CrossingFacts,
): Lowered => {
  const { evses: _parts, ...own } = stored.document
  const whole = lower('location', version, own, 'whole', unmappedIn(version, stored), facts)
  if (whole.kind === 'withheld') return whole
  const losses = [...whole.losses]
  const lowered: JsonObject[] = []
  for (const [index, evse] of evses.filter(isJsonObject).entries()) {
    const kept = stored.key && stored.parts?.get(evseKeyIn(stored.key, String(evse.uid)).id)
    const remainder = kept && unmappedIn(version, kept)
    const part = lower('evse', version, evse, 'whole', remainder, facts)
    const pointer = `/evses/${index}`
    if (part.kind === 'withheld') losses.push({ pointer, reason: part.reason, severity: 'lost' })
    else {
      lowered.push(part.document)
      losses.push(...part.losses.map((loss) => ({ ...loss, pointer: `${pointer}${loss.pointer}` })))
    }
  }
  return { kind: 'document', document: { ...whole.document, evses: lowered }, losses }
}

/** Lowers a stored object to a version; in the version it came in, it and each of its parts are given back exactly as they came. */
export const lowerStored = (
  name: DocumentName,
  version: VersionId,
  stored: Lowerable,
  facts: CrossingFacts = {},
): Lowered => {
  const { evses } = stored.document
  if (name === 'location' && Array.isArray(evses) && evses.length > 0 && hasRemainders(version, stored))
    return lowerLocation(version, stored, evses, facts)
  return lower(name, version, stored.document, 'whole', unmappedIn(version, stored), facts)
}
