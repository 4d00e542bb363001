import type { Statement } from '../../database/index.js'

/** Parameters: partner, module. */
export const selectPull: Statement = {
  name: 'select-pull',
  text: `
select partner_id, module, crawl, watermark, last_full_at, last_delta_at, due_at, last_error, failures,
  asked, asked_since
from sync_pulls
where partner_id = $1 and module = $2
`,
}
