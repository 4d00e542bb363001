import type { Statement } from '../../database/index.js'

/** Parameter: time before which finished requests are dropped. */
export const deleteOldRequests: Statement = {
  name: 'charging-profiles/delete-old-requests',
  text: `
delete from profile_requests
where created_at < $1 and finished_at is not null
`,
}
