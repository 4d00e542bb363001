import {
  foldCase,
  isJsonObject,
  type JsonObject,
  type PartyId,
  parseDateTime,
  partyOf,
} from '@interwatt/protocol'
import type { ObjectLookup, SessionSearch } from '../ports/lookup.js'

const instant = (value: unknown): string | undefined => {
  const parsed = typeof value === 'string' ? parseDateTime(value) : undefined
  return parsed && new Date(parsed.epochMs).toISOString()
}

const evseIn = (location: unknown): unknown => {
  const evses: unknown = isJsonObject(location) ? location.evses : undefined
  const first: unknown = Array.isArray(evses) ? evses[0] : undefined
  return isJsonObject(first) ? first.uid : undefined
}

/** What a CDR of a version that does not name its session says of it; undefined when it is none, or says too little. */
const searchOf = ({
  auth_id: contractId,
  start_date_time,
  stop_date_time,
  location,
}: JsonObject): SessionSearch | undefined => {
  const [from, to, evseUid] = [instant(start_date_time), instant(stop_date_time), evseIn(location)]
  if (from === undefined || to === undefined) return undefined
  return typeof contractId === 'string' && typeof evseUid === 'string'
    ? { from, to, contractId, evseUid }
    : undefined
}

/**
 * The sessions that CDRs are about, by CDR id: the one of the same contract and EVSE that began before the CDR ends and changed
 * since it began. Where several fit, none is meant (cdrs.md, translation).
 */
export const sessionsOfCdrs = async (
  lookup: ObjectLookup,
  owner: PartyId | undefined,
  documents: readonly JsonObject[],
): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>()
  if (owner === undefined) return found
  const party = partyOf(owner.countryCode, owner.partyId)
  for (const document of documents) {
    const search = searchOf(document)
    if (search === undefined || typeof document.id !== 'string') continue
    const sessions = await lookup.sessionsNear(party, search)
    const fitting = sessions.filter(
      (session) => (instant(session.document.start_date_time) ?? '') <= search.to,
    )
    const [only, second] = fitting
    if (only !== undefined && second === undefined) found.set(foldCase(document.id), String(only.document.id))
  }
  return found
}
