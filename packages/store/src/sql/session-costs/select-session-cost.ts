import type { Statement } from '../../database/index.js'

/** Parameters: the key of a session. */
export const selectSessionCost: Statement = {
  name: 'session-costs/select-one',
  text: `
select changed_seq, priced_at, cost from session_costs
where country_code = $1 and party_id = $2 and session_key = $3
`,
}
