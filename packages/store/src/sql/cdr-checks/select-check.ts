import type { Statement } from '../../database/index.js'

/** Parameters: the key of a CDR. */
export const selectCheck: Statement = {
  name: 'cdr-checks/select-check',
  text: `
select checked_at, outcome, difference, findings, report, basis, state, note, reviewed_by, reviewed_at
from cdr_checks
where country_code = $1 and party_id = $2 and cdr_key = $3
`,
}
