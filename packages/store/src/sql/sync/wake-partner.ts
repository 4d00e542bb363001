import type { Statement } from '../../database/index.js'

/** Parameter: partner. */
export const wakePartner: Statement = {
  name: 'wake-partner',
  text: `
update sync_partners set retry_at = null where partner_id = $1 and retry_at is not null
`,
}
