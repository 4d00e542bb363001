import type { Statement } from '../../database/index.js'
import { chargeColumns } from './charge-columns.js'

/** The charge of the driver $1 with the request key $2; else the start that runs at the EVSE $3 to $6. */
export const selectTakenCharge: Statement = {
  name: 'charges/select-taken',
  text: `
select ${chargeColumns}
from driver_charges c
where c.driver_id = $1 and (
  c.request_key = $2
  or (c.is_open and c.means = 'app' and c.session_key is null and c.country_code = $3 and c.party_id = $4
    and upper(c.location_id) = upper($5) and upper(c.evse_uid) = upper($6))
)
order by (c.request_key = $2) desc nulls last
limit 1
`,
}
