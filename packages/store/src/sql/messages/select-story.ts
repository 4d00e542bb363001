import type { Statement } from '../../database/index.js'
import { factColumns } from './message-columns.js'

/** Messages about the session $1 of the party $2, $3, about its CDRs $4 or of the correlations $5, in the order they began, at most $6. */
export const selectStory: Statement = {
  name: 'messages/select-story',
  text: `
select ${factColumns}, m.request_body as "requestBody"
from messages m
where (
    (m.object_kind = 'session' and m.object_id = $1 or m.object_kind = 'cdr' and m.object_id = any ($4::text[]))
    and (m.object_country is null or m.object_country = $2 and m.object_party = $3)
  )
  or m.correlation_id = any ($5::text[])
order by m.at, m.id
limit $6
`,
}
