import type { ocpi230 } from '@interwatt/protocol'

/** What became of a reservation or booking. A CDR does not say it (#395); see `reservationOf`. */
export type Outcome = 'used' | 'expired' | 'cancelled'

/** A session or CDR as far as its price depends on it. */
export interface SessionToPrice {
  readonly start_date_time: string
  /** Of a running session: the moment up to which it is priced. */
  readonly end_date_time: string
  readonly charging_periods: readonly ocpi230.ChargingPeriod[]
  /** IANA name of the zone the charging station is in; needed when a tariff asks for local time. */
  readonly time_zone?: string | undefined
  /** Present when the CDR came from a booking (2.3.0). */
  readonly booking_id?: string | undefined
  /** Absent for a reservation nobody used. */
  readonly session_id?: string | undefined
  /** What became of the reservation or booking, where it is known; otherwise it is inferred. */
  readonly outcome?: Outcome | undefined
}

const CHARGING: readonly string[] = ['ENERGY', 'TIME', 'PARKING_TIME']

const hasCharging = (session: SessionToPrice): boolean =>
  session.charging_periods.some(({ dimensions }) => dimensions.some(({ type }) => CHARGING.includes(type)))

/**
 * What became of the reservation: as stated, or inferred from what was measured. Nothing charged and no session means
 * it expired; of a booking without time reserved in vain, that it was cancelled.
 */
export const outcomeOf = (session: SessionToPrice): Outcome => {
  if (session.outcome !== undefined) return session.outcome
  if (session.session_id !== undefined || hasCharging(session)) return 'used'
  const inVain = session.charging_periods.some(({ dimensions }) =>
    dimensions.some(({ type }) => type === 'RESERVATION_EXPIRES' || type === 'RESERVATION_TIME'),
  )
  return session.booking_id === undefined || inVain ? 'expired' : 'cancelled'
}
