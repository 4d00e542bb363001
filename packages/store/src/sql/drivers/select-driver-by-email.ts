import { driverColumns } from './driver-columns.js'

/** The driver of party $1, $2 with e-mail address $3. */
export const selectDriverByEmail = {
  name: 'select-driver-by-email',
  text: `
select ${driverColumns}
from drivers d
where d.country_code = $1 and d.party_id = $2 and d.email = $3`,
}
