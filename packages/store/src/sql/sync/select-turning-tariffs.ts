import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'

/**
 * Parameters: first and last day as `YYYY-MM-DD`. Own tariffs that begin or cease to be valid on one of these days, oldest change first;
 * removed ones are left out, since partners are told of that as of any change.
 */
export const selectTurningTariffs: Statement = {
  name: 'select-turning-tariffs',
  text: `
select ${objectColumns}
from objects o
where o.kind = 'tariff' and o.received_from is null and o.deleted_at is null
  and (
    o.document ->> 'start_date_time' is not null
      and left(o.document ->> 'start_date_time', 10) collate "C" >= $1
      and left(o.document ->> 'start_date_time', 10) collate "C" <= $2
    or o.document ->> 'end_date_time' is not null
      and left(o.document ->> 'end_date_time', 10) collate "C" >= $1
      and left(o.document ->> 'end_date_time', 10) collate "C" <= $2
  )
order by o.changed_seq
`,
}
