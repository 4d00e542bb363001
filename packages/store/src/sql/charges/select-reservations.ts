import type { Statement } from '../../database/index.js'
import { reservationColumns } from './reservation-columns.js'

/** Reservations of the driver $1, newest first, at most $2. */
export const selectReservations: Statement = {
  name: 'charges/select-reservations',
  text: `
select ${reservationColumns} from driver_reservations r where r.driver_id = $1 order by r.asked_at desc, r.id limit $2
`,
}
