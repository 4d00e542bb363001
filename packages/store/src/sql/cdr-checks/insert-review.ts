import type { Statement } from '../../database/index.js'

/** Parameters: the key of a CDR, state, note, who, when. */
export const insertReview: Statement = {
  name: 'cdr-checks/insert-review',
  text: `
insert into cdr_reviews (country_code, party_id, cdr_key, state, note, by, at)
values ($1, $2, $3, $4, $5, $6, $7)
`,
}
