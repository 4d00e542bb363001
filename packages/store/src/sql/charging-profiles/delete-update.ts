import type { Statement } from '../../database/index.js'

/** Parameters: the key of a session, partner, its party, the lease. */
export const deleteUpdate: Statement = {
  name: 'charging-profiles/delete-update',
  text: `
delete from profile_updates
where country_code = $1 and party_id = $2 and session_key = $3 and partner_id = $4 and partner_party = $5 and due_at = $6
`,
}
