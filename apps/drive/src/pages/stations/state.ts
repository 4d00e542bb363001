import type { Evse } from '../../api/stations.js'
import type { KeyOf } from '../../texts/say.js'

/** What drivers want to know of a charger: may I charge there now. */
export type ChargerState = 'free' | 'taken' | 'broken' | 'unknown'

const STATES: Readonly<Record<string, ChargerState>> = {
  AVAILABLE: 'free',
  CHARGING: 'taken',
  RESERVED: 'taken',
  BLOCKED: 'taken',
  INOPERATIVE: 'broken',
  OUTOFORDER: 'broken',
}

/** The state that a status means. */
export const stateOf = ({ status }: Pick<Evse, 'status'>): ChargerState => STATES[status] ?? 'unknown'

const WORDS = {
  AVAILABLE: 'status_free',
  CHARGING: 'status_charging',
  RESERVED: 'status_reserved',
  BLOCKED: 'status_blocked',
  INOPERATIVE: 'status_broken',
  OUTOFORDER: 'status_broken',
  PLANNED: 'status_planned',
} as const satisfies Readonly<Record<string, KeyOf<'stations'>>>

const isKnown = (status: string): status is keyof typeof WORDS => Object.hasOwn(WORDS, status)

/** The key of the words for a status. */
export const statusKey = (status: string): (typeof WORDS)[keyof typeof WORDS] | 'status_unknown' =>
  isKnown(status) ? WORDS[status] : 'status_unknown'

/** The state of a station as a whole: one free charger counts before all others. */
export const stationState = (counts: {
  readonly free: number
  readonly taken: number
  readonly broken: number
}): ChargerState => {
  if (counts.free > 0) return 'free'
  if (counts.taken > 0) return 'taken'
  return counts.broken > 0 ? 'broken' : 'unknown'
}
