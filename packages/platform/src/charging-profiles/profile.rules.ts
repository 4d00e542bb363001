import { type ocpi230, type PartyId, sameParty } from '@interwatt/protocol'
import type { Document, ProfileListener, ProfileRequestType, ProfileTrace } from '@interwatt/store'

/** What the CPO side says at once to a request for a profile. */
export type ProfileResponse = ocpi230.ChargingProfileResponseType

/** What is known of a request when it is judged. */
export interface ProfileCase {
  readonly type: ProfileRequestType
  readonly sender: ProfileListener
  /** Limits of the profile that is to be set. */
  readonly limits: readonly number[]
  readonly session: Document
  /** Whether the session belongs to a token of the Sender. */
  readonly isSenders: boolean
  /** Whether this partner may steer sessions of others' customers (ROL-012). */
  readonly contracted: boolean
  readonly capabilities: readonly unknown[]
  readonly traces: readonly ProfileTrace[]
  /** Requests of this Sender for this session in the last minute, and how many it may make. */
  readonly recent: number
  readonly most: number
}

const ONGOING: readonly unknown[] = ['ACTIVE', 'PENDING']

/** Whether a session can be steered: a car is, or will soon be, at the charge point (CP-029). */
export const isOngoing = (session: Document): boolean => ONGOING.includes(session.status)

const isOf = (trace: ProfileTrace, sender: ProfileListener): boolean =>
  trace.partnerId === sender.partnerId && sameParty(trace.senderParty, sender.party)

const succeeded = (trace: ProfileTrace): boolean => trace.state === 'DONE' && trace.result === 'ACCEPTED'

const isOpen = (trace: ProfileTrace): boolean => trace.state === 'PENDING' || trace.state === 'ACCEPTED'

/** Profiles of a Sender that it has not cleared since, nor the CPO ended. */
const standing = (traces: readonly ProfileTrace[], sender: ProfileListener): readonly ProfileTrace[] => {
  const own = traces.filter((trace) => isOf(trace, sender))
  const cleared = Math.max(
    0,
    ...own.filter((trace) => trace.type === 'CLEAR' && succeeded(trace)).map((trace) => trace.number),
  )
  return own.filter((trace) => trace.type === 'SET' && trace.number > cleared && !trace.released)
}

/** Whether a Sender may have a profile at the charge point: also one whose result never came (CP-010). */
export const mayHold = (traces: readonly ProfileTrace[], sender: ProfileListener): boolean =>
  standing(traces, sender).some((trace) => succeeded(trace) || isOpen(trace) || trace.state === 'TIMEOUT')

/** Whether somebody else steers this session (CP-045). */
const heldByOther = (traces: readonly ProfileTrace[], sender: ProfileListener): boolean =>
  traces.some((trace) => {
    if (isOf(trace, sender)) return false
    const other = { partnerId: trace.partnerId, party: trace.senderParty }
    return standing(traces, other).some((held) => succeeded(held) || isOpen(held))
  })

/** The Senders that are told of changes: those that have set a profile with success at least once (CP-011 to CP-013). */
export const listenersOf = (traces: readonly ProfileTrace[]): readonly ProfileListener[] => {
  const senders = traces
    .filter((trace) => trace.type === 'SET' && succeeded(trace))
    .map((trace) => ({ partnerId: trace.partnerId, party: trace.senderParty }))
  return senders.filter(
    (sender, index) =>
      senders.findIndex(
        (other) => other.partnerId === sender.partnerId && sameParty(other.party, sender.party),
      ) === index,
  )
}

/** The answer to a request for a known session (CP-006 to CP-008, CP-022, CP-029, CP-045). */
export const judgeProfile = (given: ProfileCase): ProfileResponse => {
  if (!given.isSenders && !given.contracted) return 'REJECTED'
  if (given.recent >= given.most) return 'TOO_OFTEN'
  if (!given.capabilities.includes('CHARGING_PROFILE_CAPABLE')) return 'NOT_SUPPORTED'
  if (!isOngoing(given.session)) return 'REJECTED'
  if (given.type !== 'SET') return 'ACCEPTED'
  if (given.limits.some((limit) => limit < 0)) return 'REJECTED'
  return heldByOther(given.traces, given.sender) ? 'REJECTED' : 'ACCEPTED'
}

/**
 * The answer to an SCSP whose request an eMSP would pass on to the CPO (CP-038): its contract with the eMSP, the pace and the one who
 * steers are judged here, everything else by the CPO. Two SCSPs behind one eMSP are one Sender to the CPO (CP-045).
 */
export const judgeRelay = (
  given: Omit<ProfileCase, 'isSenders' | 'capabilities'>,
): Extract<ProfileResponse, 'ACCEPTED' | 'REJECTED' | 'TOO_OFTEN'> => {
  if (!given.contracted) return 'REJECTED'
  if (given.recent >= given.most) return 'TOO_OFTEN'
  if (!isOngoing(given.session) || given.limits.some((limit) => limit < 0)) return 'REJECTED'
  return given.type === 'SET' && heldByOther(given.traces, given.sender) ? 'REJECTED' : 'ACCEPTED'
}

/** Longest stretch of an active profile that is asked of a charge point (CP-026). */
const LONGEST_READ_S = 24 * 3600

/** `duration` of a GET in seconds, cut to a day; undefined when it is no positive whole number (CP-025, CP-026). */
export const readDuration = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined
  const seconds = Math.min(Number(text), LONGEST_READ_S)
  return seconds > 0 ? seconds : undefined
}

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/**
 * `response_url` of a query, decoded once (CP-023). Some write it without escapes, as the specification does: then it is
 * everything up to the end, but for a `duration` that follows (trap 2).
 */
export const readResponseUrl = (queryText: string): string | undefined => {
  const found = /(?:^|&)response_url=(.*)$/s.exec(queryText)
  if (found === null) return undefined
  const rest = found[1] ?? ''
  if (!/^https?:\/\//i.test(rest)) return decoded(rest.split('&', 1)[0] ?? '')
  const before = queryText.slice(0, found.index)
  return /(?:^|&)duration=/.test(before) ? rest : rest.replace(/&duration=\d*$/, '')
}

/** What an EVSE can give at most, as the profile that holds when nobody limits it (CP-015, CP-016). */
export const greatestProfile = (connector: Document | undefined, nowIso: string): Document | undefined => {
  const power = connector?.max_electric_power
  const current = connector?.max_amperage
  const limit = typeof power === 'number' ? power : current
  if (typeof limit !== 'number') return undefined
  return {
    start_date_time: nowIso,
    charging_profile: {
      duration: 3600,
      charging_rate_unit: typeof power === 'number' ? 'W' : 'A',
      charging_profile_period: [{ start_period: 0, limit }],
    },
  }
}

/** The party a request comes from: the one it names, if it is the caller's, else the owner of the token, else its first. */
export const senderOf = (
  parties: readonly PartyId[],
  named: PartyId | undefined,
  tokenOwner: PartyId | undefined,
): PartyId | undefined => {
  const own = (wanted: PartyId | undefined): PartyId | undefined =>
    wanted && parties.find((party) => sameParty(party, wanted))
  return own(named) ?? own(tokenOwner) ?? parties[0]
}
