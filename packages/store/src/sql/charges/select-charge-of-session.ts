import type { Statement } from '../../database/index.js'
import { chargeColumns } from './charge-columns.js'

/** The charge of the session with the key $1, $2, $3. */
export const selectChargeOfSession: Statement = {
  name: 'charges/select-of-session',
  text: `
select ${chargeColumns} from driver_charges c where c.country_code = $1 and c.party_id = $2 and c.session_key = $3
`,
}
