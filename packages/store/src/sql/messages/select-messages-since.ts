import type { Statement } from '../../database/index.js'
import { factColumns } from './message-columns.js'
import { messageFilter } from './message-filter.js'

/** Oldest first above id $17, at most $18. */
export const selectMessagesSince: Statement = {
  name: 'messages/select-messages-since',
  text: `
select ${factColumns}
from messages m
where ${messageFilter}
  and m.id > $17::bigint
order by m.id
limit $18
`,
}
