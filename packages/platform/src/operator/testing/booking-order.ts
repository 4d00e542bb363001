import { randomUUID } from 'node:crypto'
import type { BookingOrder } from '@interwatt/store'

const AT = '2026-03-01T10:00:00.000Z'

/** A booking request that was answered. */
export const bookingOrder = (): BookingOrder => ({
  id: randomUUID(),
  requestId: 'R1',
  partnerId: 'p1',
  party: { countryCode: 'NL', partyId: 'PAR' },
  request: { request_id: 'R1' },
  state: 'ANSWERED',
  message: null,
  bookingId: 'B1',
  attempts: 1,
  createdAt: AT,
  triedAt: AT,
  finishedAt: AT,
  decideBy: null,
})
