import type { Statement } from '../../database/index.js'
import { chargeColumns } from './charge-columns.js'

/** Charges of the driver $1, newest first, below $2, $3 from there on ($2 null: from the newest), by the means $4 unless it is null, at most $5. */
export const selectCharges: Statement = {
  name: 'charges/select-list',
  text: `
select ${chargeColumns}
from driver_charges c
where c.driver_id = $1 and ($2::bigint is null or (c.seq, c.id) < ($2::bigint, $3::uuid)) and ($4::text is null or c.means = $4)
order by c.seq desc, c.id desc
limit $5
`,
}
