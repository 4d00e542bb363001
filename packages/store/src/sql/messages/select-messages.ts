import type { Statement } from '../../database/index.js'
import { factColumns } from './message-columns.js'
import { messageFilter } from './message-filter.js'

/** Newest first below id $17 (null: from the newest), at most $18. */
export const selectMessages: Statement = {
  name: 'messages/select-messages',
  text: `
select ${factColumns}
from messages m
where ${messageFilter}
  and ($17::bigint is null or m.id < $17)
order by m.id desc
limit $18
`,
}
