import { driverColumns } from './driver-columns.js'

/** Drivers in whose name, address or contract $1 (null takes all) is found, below the driver $2 (null: from the first), the newest first; at most $3. */
export const selectDrivers = {
  name: 'select-drivers',
  text: `
select ${driverColumns}
from drivers d
where ($1::text is null or position($1 in lower(concat_ws(E'\\n', d.name, d.email, d.contract_id))) > 0)
  and ($2::uuid is null or (d.created_at, d.id) < (select l.created_at, l.id from drivers l where l.id = $2))
order by d.created_at desc, d.id desc
limit $3`,
}
