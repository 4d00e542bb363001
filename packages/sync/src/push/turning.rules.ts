import { parseDateTime } from '@interwatt/protocol'
import type { Document } from '@interwatt/store'

const VALIDITY = ['start_date_time', 'end_date_time'] as const

/** When a tariff begins and ceases to be valid, in epoch milliseconds; none where it does not say. */
export const turnsOf = (tariff: Document): readonly number[] =>
  VALIDITY.flatMap((field) => {
    const value = tariff[field]
    const time = typeof value === 'string' ? parseDateTime(value)?.epochMs : undefined
    return time === undefined ? [] : [time]
  })

/** From when on something was not told yet, and when it is looked at: both in epoch milliseconds. */
export interface Watch {
  readonly sinceMs: number
  readonly nowMs: number
}

/** Whether the clock alone made something of a tariff different: a turn after `sinceMs`, at `nowMs` at the latest. */
export const hasTurned = (tariff: Document, { sinceMs, nowMs }: Watch): boolean =>
  turnsOf(tariff).some((turnMs) => turnMs > sinceMs && turnMs <= nowMs)

/** The next turn of any of these tariffs after `nowMs`; infinite when none is known. */
export const nextTurnMs = (tariffs: readonly Document[], nowMs: number): number =>
  Math.min(
    Number.POSITIVE_INFINITY,
    ...tariffs.flatMap((tariff) => turnsOf(tariff).filter((turnMs) => turnMs > nowMs)),
  )
