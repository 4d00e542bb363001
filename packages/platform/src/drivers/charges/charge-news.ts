import type { NodeEvent } from '@interwatt/store'

/** The type of event that tells of a charge or reservation of a driver. */
export const CHARGE_EVENT = 'charge.updated'
export const RESERVATION_EVENT = 'reservation.updated'

/** Tells that something about a charge changed; who reads it looks what. */
export const chargeEvent = (charge: { readonly id: string; readonly driverId: string }): NodeEvent => ({
  type: CHARGE_EVENT,
  subject: charge.id,
  data: { id: charge.id, driver_id: charge.driverId },
})

/** Tells that something about a reservation changed. */
export const reservationEvent = (reservation: {
  readonly id: string
  readonly driverId: string
}): NodeEvent => ({
  ...chargeEvent(reservation),
  type: RESERVATION_EVENT,
})
