import type { Statement } from '../../database/index.js'

/** How many EVSEs changed since $1, counted up to $2. */
export const countRecentEvses: Statement = {
  name: 'count-recent-evses',
  text: `
select count(*) as recent
from (select 1 from objects where kind = 'evse' and last_updated >= $1::timestamptz limit $2) recent`,
}
