import type { Statement } from '../../database/index.js'

/** Parameter: partner. */
export const selectPartner: Statement = {
  name: 'select-partner',
  text: `
select partner_id, cursors, outages, retry_at, last_error, last_success_at, clocks from sync_partners where partner_id = $1
`,
}
