import type { Statement } from '../../database/index.js'
import { objectColumns, settled } from '../objects/object-columns.js'

/** Sessions above the position, oldest change first, at most $1; removed ones too, so that the position passes them. */
export const selectUpdatedSessions: Statement = {
  name: 'session-costs/select-updated',
  text: `
select position.seq as position_seq, ${objectColumns}
from session_cost_position position
left join lateral (
  select * from objects o
  where o.kind = 'session' and o.changed_seq > position.seq and ${settled('o.changed_xid')}
  order by o.changed_seq
  limit $1
) o on true
`,
}
