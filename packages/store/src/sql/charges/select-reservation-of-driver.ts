import type { Statement } from '../../database/index.js'
import { reservationColumns } from './reservation-columns.js'

/** The reservation $2 of the driver $1. */
export const selectReservationOfDriver: Statement = {
  name: 'charges/select-reservation',
  text: `
select ${reservationColumns} from driver_reservations r where r.driver_id = $1 and r.id = $2
`,
}
