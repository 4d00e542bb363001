import { driverColumns } from './driver-columns.js'

/** The driver of the demonstration at party $1, $2. */
export const selectDemoDriver = {
  name: 'select-demo-driver',
  text: `
select ${driverColumns}
from drivers d
where d.country_code = $1 and d.party_id = $2 and d.is_demo`,
}
