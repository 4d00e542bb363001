import type { Statement } from '../../database/index.js'
import { chargeColumns } from './charge-columns.js'

/** Starts of the driver $1 that no session came of, newest first. */
export const selectWaitingCharges: Statement = {
  name: 'charges/select-waiting',
  text: `
select ${chargeColumns}
from driver_charges c
where c.driver_id = $1 and c.means = 'app' and c.session_key is null and c.cdr_key is null
order by c.seq desc, c.id desc
limit 50
`,
}
