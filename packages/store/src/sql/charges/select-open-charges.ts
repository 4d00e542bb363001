import type { Statement } from '../../database/index.js'
import { chargeColumns } from './charge-columns.js'

/** Charges of the driver $1 that are not over, newest first. */
export const selectOpenCharges: Statement = {
  name: 'charges/select-open',
  text: `
select ${chargeColumns} from driver_charges c where c.driver_id = $1 and c.is_open order by c.seq desc, c.id desc limit 50
`,
}
