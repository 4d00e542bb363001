import type { Statement } from '../../database/index.js'
import { factColumns } from './message-columns.js'

/** Messages of the correlation $1 in the order they began, at most $2. */
export const selectCorrelation: Statement = {
  name: 'messages/select-correlation',
  text: `
select ${factColumns}
from messages m
where m.correlation_id = $1
order by m.at, m.id
limit $2
`,
}
