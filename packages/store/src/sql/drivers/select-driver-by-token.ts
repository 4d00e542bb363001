import { driverColumns } from './driver-columns.js'

/** The driver who has the token of party $1, $2 with uid $3 and type $4. */
export const selectDriverByToken = {
  name: 'select-driver-by-token',
  text: `
select ${driverColumns}
from driver_tokens t
join drivers d on d.id = t.driver_id
where t.country_code = $1 and t.party_id = $2 and t.uid = $3 and t.type = $4`,
}
