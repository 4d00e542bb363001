import type { Statement } from '../../database/index.js'

/** Parameter: partner. The lease stays with whoever holds it, and so do deliveries of CDRs. */
export const resetPartner: Statement = {
  name: 'reset-partner',
  text: `
with refusals as (delete from sync_refusals where partner_id = $1),
  seen as (
    delete from sync_seen using sync_pulls
    where sync_pulls.partner_id = $1 and sync_seen.crawl_id = sync_pulls.crawl ->> 'id'
  ),
  pulls as (delete from sync_pulls where partner_id = $1)
update sync_partners set cursors = '{}', outages = 0, retry_at = null, last_error = null, clocks = '{}'
where partner_id = $1
`,
}
