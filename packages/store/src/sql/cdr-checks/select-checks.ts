import type { Statement } from '../../database/index.js'

/** Parameters: keys of CDRs as three arrays. */
export const selectChecks: Statement = {
  name: 'cdr-checks/select-checks',
  text: `
select country_code, party_id, cdr_key, checked_at, outcome, difference, findings, report, basis,
  state, note, reviewed_by, reviewed_at
from cdr_checks
where (country_code, party_id, cdr_key) in (select * from unnest($1::text[], $2::text[], $3::text[]))
`,
}
