import type { Statement } from '../../database/index.js'

/** Parameters: time, end of the lease, limit. */
export const claimChecks: Statement = {
  name: 'cdr-checks/claim-checks',
  text: `
update cdr_checks set due_at = $2
where (country_code, party_id, cdr_key) in (
  select country_code, party_id, cdr_key
  from cdr_checks
  where due_at <= $1
  order by due_at
  limit $3
  for update skip locked
)
returning country_code, party_id, cdr_key, partner_id, arrived, failures
`,
}
