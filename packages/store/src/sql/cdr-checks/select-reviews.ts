import type { Statement } from '../../database/index.js'

/** Parameters: the key of a CDR, limit. */
export const selectReviews: Statement = {
  name: 'cdr-checks/select-reviews',
  text: `
select state, note, by, at
from cdr_reviews
where country_code = $1 and party_id = $2 and cdr_key = $3
order by number desc
limit $4
`,
}
