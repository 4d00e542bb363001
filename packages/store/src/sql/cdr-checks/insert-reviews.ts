import type { Statement } from '../../database/index.js'

/** Appends decisions to the history, in order; $1 is a JSON list of rows named as the columns. */
export const insertReviews: Statement = {
  name: 'cdr-checks/insert-reviews',
  text: `
insert into cdr_reviews (country_code, party_id, cdr_key, state, note, by, at)
select row.*
from rows from (
  jsonb_to_recordset($1::jsonb) as (
    country_code text, party_id text, cdr_key text, state text, note text, by text, at timestamptz
  )
) as row
`,
}
