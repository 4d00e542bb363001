import type { Document } from '@interwatt/store'
import { textsOf } from './document-parts.js'
import type { Hindrance } from './words.js'

/** What a driver may want to do at an EVSE with the app. */
export const wants = ['start', 'reserve', 'preferences'] as const
export type Want = (typeof wants)[number]

/** What decides whether it can be done. */
export interface Circumstances {
  readonly evse: Document
  /** The partner takes commands. */
  readonly takesCommands: boolean
  readonly isAway: boolean
}

const NEEDED: Readonly<Record<Want, readonly [capability: string, otherwise: Hindrance]>> = {
  start: ['REMOTE_START_STOP_CAPABLE', 'not-remote'],
  reserve: ['RESERVABLE', 'not-reservable'],
  preferences: ['CHARGING_PREFERENCES_CAPABLE', 'no-preferences'],
}

const BY_STATUS: Readonly<Record<string, Hindrance>> = {
  BLOCKED: 'blocked',
  INOPERATIVE: 'out-of-order',
  OUTOFORDER: 'out-of-order',
  PLANNED: 'planned',
  CHARGING: 'taken',
  RESERVED: 'reserved',
}

/**
 * Why something cannot be done here with the app; undefined when it may be tried. Lasting reasons go before those of the moment. A reserved
 * EVSE may be started: it may be reserved for whoever asks. An unknown status hinders nothing.
 */
export const hindranceTo = (
  want: Want,
  { evse, takesCommands, isAway }: Circumstances,
): Hindrance | undefined => {
  const [capability, otherwise] = NEEDED[want]
  if (!textsOf(evse.capabilities).includes(capability)) return otherwise
  if (!takesCommands) return 'no-commands'
  if (isAway) return 'partner-away'
  if (want === 'preferences') return undefined
  const byStatus = BY_STATUS[String(evse.status)]
  return want === 'start' && byStatus === 'reserved' ? undefined : byStatus
}
