import type { ocpi230 } from '@interwatt/protocol'
import { instantOf, UnreadableTime } from '../session/instant.js'

/** What a tariff is offered for. */
export type TariffType = NonNullable<ocpi230.Tariff['type']>

/** What decides between the tariffs of a connector. */
export interface TariffWish {
  /** How the driver charges: with a chosen profile, at a terminal (AD_HOC_PAYMENT), or otherwise REGULAR, the default. */
  readonly type?: TariffType
  /** Start of the session. */
  readonly at: string
  /** Ids of the connector, where the list has tariffs of others too; upper and lower case do not matter (TAR-016). */
  readonly ids?: readonly string[]
}

/** The tariff of a session, and others that fit as well as it (#519). */
export interface TariffChoice {
  readonly tariff: ocpi230.Tariff
  readonly ties: readonly ocpi230.Tariff[]
}

const MS_PER_MINUTE = 60_000
const MS_PER_SECOND = 1000

/**
 * The instant a tariff ends, itself not in force any more. An end in the last second of a minute, such as 23:59:59, means the
 * end of that second (4.2).
 */
const endOf = (text: string): number => {
  const ms = instantOf(text)
  const untilMinute = MS_PER_MINUTE - (ms % MS_PER_MINUTE)
  return untilMinute <= MS_PER_SECOND ? ms + untilMinute : ms
}

/** Whether a tariff is in force at an instant, in milliseconds since the epoch: from its start, before its end (TAR-051). */
export const isInForce = (tariff: ocpi230.Tariff, epochMs: number): boolean => {
  try {
    const { start_date_time: start, end_date_time: end } = tariff
    return (start === undefined || instantOf(start) <= epochMs) && (end === undefined || epochMs < endOf(end))
  } catch (error) {
    if (error instanceof UnreadableTime) return false
    throw error
  }
}

const startOf = ({ start_date_time }: ocpi230.Tariff): number =>
  start_date_time === undefined ? Number.NEGATIVE_INFINITY : instantOf(start_date_time)

/**
 * The tariff of a session that starts at a moment (4.2): in force then, of the type that is asked for before one without
 * type (TAR-087), of several the one that came into force last, then the first of the list. `ties` are the others that only
 * the order of the list decided against. Undefined when none fits or the moment cannot be read.
 */
export const chooseTariff = (
  tariffs: readonly ocpi230.Tariff[],
  { type = 'REGULAR', at, ids }: TariffWish,
): TariffChoice | undefined => {
  let epochMs: number
  try {
    epochMs = instantOf(at)
  } catch (error) {
    if (error instanceof UnreadableTime) return undefined
    throw error
  }
  const wanted = ids === undefined ? undefined : new Set(ids.map((id) => id.toUpperCase()))
  const offered = tariffs.filter(
    (tariff) =>
      (wanted === undefined || wanted.has(tariff.id.toUpperCase())) &&
      (tariff.type === undefined || tariff.type === type) &&
      isInForce(tariff, epochMs),
  )
  const exact = offered.filter((tariff) => tariff.type === type)
  const fitting = exact.length > 0 ? exact : offered
  const latest = fitting.reduce((max, tariff) => Math.max(max, startOf(tariff)), Number.NEGATIVE_INFINITY)
  const [tariff, ...ties] = fitting.filter((one) => startOf(one) === latest)
  return tariff === undefined ? undefined : { tariff, ties }
}
