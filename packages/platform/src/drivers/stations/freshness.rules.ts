import type { Heard } from '../../directory/hearing.js'

/** Why a status may no longer be true. */
export type StaleReason = 'partner-away' | 'party-away' | 'silent' | 'old-status'

/** What is known about the source of a status. */
export interface StatusSource {
  /** The partner it came from; null for a party this node hosts, which is asked directly. */
  readonly partner: Heard | null
  /** Whether the partner still is connected: registered and not suspended. */
  readonly isConnected: boolean
  /** A hub says that the party behind it is not there. */
  readonly isPartyAway: boolean
}

/** A status with the time since which it holds, epoch milliseconds. */
export interface StatusNow {
  readonly status: string
  readonly sinceMs: number
}

/** How long statuses are believed. */
export const FRESHNESS = {
  /** A partner that does not answer, but asked so recently, still tells of changes. */
  awayAfterMs: 60_000,
  /** After so long without any word of the partner, nobody knows whether the connection lives. */
  silentMs: 15 * 60_000,
  /** A status that did not change for so long is doubtful: EVSEs that nobody uses for a week are often out of order unnoticed. */
  doubtfulAfterMs: { AVAILABLE: 7 * 86_400_000 } as Readonly<Record<string, number>>,
} as const

interface Rule {
  readonly reason: StaleReason
  /** Whether it makes everything that came from the source stale, not this status alone. */
  readonly isOfSource: boolean
  holds(source: StatusSource, status: StatusNow, nowMs: number): boolean
}

/** The first that holds is the reason. */
const RULES: readonly Rule[] = [
  {
    reason: 'partner-away',
    isOfSource: true,
    holds: ({ partner, isConnected }, _status, nowMs) =>
      partner !== null &&
      (!isConnected || (partner.isAway && nowMs - (partner.atMs ?? 0) > FRESHNESS.awayAfterMs)),
  },
  { reason: 'party-away', isOfSource: true, holds: ({ isPartyAway }) => isPartyAway },
  {
    reason: 'silent',
    isOfSource: true,
    holds: ({ partner }, _status, nowMs) =>
      partner !== null && (partner.atMs === null || nowMs - partner.atMs > FRESHNESS.silentMs),
  },
  {
    reason: 'old-status',
    isOfSource: false,
    holds: ({ partner }, { status, sinceMs }, nowMs) => {
      const limitMs = FRESHNESS.doubtfulAfterMs[status]
      return partner !== null && limitMs !== undefined && nowMs - sinceMs > limitMs
    },
  },
]

/** Why a status is stale; null when it may be believed. */
export const staleReason = (source: StatusSource, status: StatusNow, nowMs: number): StaleReason | null =>
  RULES.find((rule) => rule.holds(source, status, nowMs))?.reason ?? null

/** Why everything of a source is stale; null when it may be believed. */
export const staleSource = (source: StatusSource, nowMs: number): StaleReason | null =>
  RULES.find((rule) => rule.isOfSource && rule.holds(source, { status: '', sinceMs: nowMs }, nowMs))
    ?.reason ?? null

/** When the status was last known to be so: now for a party that is hosted, else the last word of the partner, or the change itself. */
export const confirmedAtMs = ({ partner }: StatusSource, { sinceMs }: StatusNow, nowMs: number): number =>
  partner === null ? nowMs : Math.min(nowMs, Math.max(partner.atMs ?? 0, sinceMs))
