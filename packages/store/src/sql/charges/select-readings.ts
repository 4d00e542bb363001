import type { Statement } from '../../database/index.js'

/** The newest readings of the charge $1, oldest first. */
export const selectReadings: Statement = {
  name: 'charges/select-readings',
  text: `
select at, wh
from (select at, wh from driver_charge_readings where charge_id = $1 order by at desc limit 500) newest
order by at
`,
}
