import type { Statement } from '../../database/index.js'

/** Parameters: partner, now. */
export const recordSuccess: Statement = {
  name: 'record-success',
  text: `
update sync_partners set outages = 0, retry_at = null, last_error = null, last_success_at = $2 where partner_id = $1
`,
}
