import type { Statement } from '../../database/index.js'

/** Parameters: partner, error, time of the next try. */
export const recordOutage: Statement = {
  name: 'record-outage',
  text: `
update sync_partners set outages = outages + 1, last_error = $2, retry_at = $3 where partner_id = $1
`,
}
