import type { Statement } from '../../database/index.js'

/** When each partner was last heard of. */
export const selectHearing: Statement = {
  name: 'select-hearing',
  text: `
select partner_id, last_heard_at, last_success_at, outages from sync_partners
`,
}
