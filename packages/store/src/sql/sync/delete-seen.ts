import type { Statement } from '../../database/index.js'

/** Parameter: crawl. */
export const deleteSeen: Statement = {
  name: 'delete-seen',
  text: `
delete from sync_seen where crawl_id = $1
`,
}
