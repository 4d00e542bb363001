import type { Statement } from '../../database/index.js'
import { chargeColumns } from './charge-columns.js'

/** The charge $2 of the driver $1. */
export const selectCharge: Statement = {
  name: 'charges/select-one',
  text: `
select ${chargeColumns} from driver_charges c where c.driver_id = $1 and c.id = $2
`,
}
