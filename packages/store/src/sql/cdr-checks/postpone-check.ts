import type { Statement } from '../../database/index.js'

/** Parameters: the key of a CDR, the lease, time due. */
export const postponeCheck: Statement = {
  name: 'cdr-checks/postpone-check',
  text: `
update cdr_checks set due_at = $5, failures = failures + 1
where country_code = $1 and party_id = $2 and cdr_key = $3 and due_at = $4
`,
}
