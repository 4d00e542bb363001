import type { Statement } from '../../database/index.js'

/** Parameters: the key of a session, partner, its party, the lease, time due. */
export const postponeUpdate: Statement = {
  name: 'charging-profiles/postpone-update',
  text: `
update profile_updates set due_at = $7, failures = failures + 1
where country_code = $1 and party_id = $2 and session_key = $3 and partner_id = $4 and partner_party = $5 and due_at = $6
`,
}
