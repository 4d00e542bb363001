import type { Statement } from '../../database/index.js'
import { chargeColumns } from './charge-columns.js'

/** The charge with the reference $1, or that the command $2 stops. */
export const selectChargeOfCommand: Statement = {
  name: 'charges/select-of-command',
  text: `
select ${chargeColumns}
from driver_charges c
where upper(c.authorization_reference) = upper($1) or c.stop_command_id = $2
order by c.seq desc
limit 1
`,
}
