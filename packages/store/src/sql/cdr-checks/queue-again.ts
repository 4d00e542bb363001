import type { Statement } from '../../database/index.js'

/** Parameters: keys of CDRs as three arrays, time due. What waits already is left alone. */
export const queueAgain: Statement = {
  name: 'cdr-checks/queue-again',
  text: `
update cdr_checks set due_at = $4
where (country_code, party_id, cdr_key) in (select * from unnest($1::text[], $2::text[], $3::text[]))
  and due_at is null
`,
}
