import type { Statement } from '../../database/index.js'

/** Parameters: partner, now. */
export const recordHeard: Statement = {
  name: 'record-heard',
  text: `
update sync_partners set last_heard_at = greatest(last_heard_at, $2::timestamptz) where partner_id = $1
`,
}
