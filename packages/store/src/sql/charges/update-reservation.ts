import type { Statement } from '../../database/index.js'
import { reservationColumns } from './reservation-columns.js'

/** Changes the reservation $1: the fields that $2, a JSON object, names. */
export const updateReservation: Statement = {
  name: 'charges/update-reservation',
  text: `
update driver_reservations r
set failure = case when $2::jsonb ? 'failure' then nullif($2::jsonb -> 'failure', 'null') else r.failure end,
  cancel = case when $2::jsonb ? 'cancel' then nullif($2::jsonb -> 'cancel', 'null') else r.cancel end
where r.id = $1
returning ${reservationColumns}
`,
}
