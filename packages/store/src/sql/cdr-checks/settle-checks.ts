import type { Statement } from '../../database/index.js'

/**
 * CDRs no longer wait: $1 is a JSON list of their keys, each with the lease that has to be the one it ends (null:
 * whichever it is). One that was asked for again meanwhile still waits.
 */
export const settleChecks: Statement = {
  name: 'cdr-checks/settle-checks',
  text: `
update cdr_checks c set due_at = null, arrived = false, failures = 0
from jsonb_to_recordset($1::jsonb) as row (country_code text, party_id text, cdr_key text, lease timestamptz)
where c.country_code = row.country_code and c.party_id = row.party_id and c.cdr_key = row.cdr_key
  and (row.lease is null or c.due_at = row.lease)
`,
}
