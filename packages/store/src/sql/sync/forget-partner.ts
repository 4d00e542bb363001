import type { Statement } from '../../database/index.js'

/** Parameter: partner. */
export const forgetPartner: Statement = {
  name: 'forget-partner',
  text: `
with refusals as (delete from sync_refusals where partner_id = $1),
  deliveries as (delete from sync_cdr_deliveries where partner_id = $1),
  seen as (
    delete from sync_seen using sync_pulls
    where sync_pulls.partner_id = $1 and sync_seen.crawl_id = sync_pulls.crawl ->> 'id'
  ),
  pulls as (delete from sync_pulls where partner_id = $1)
delete from sync_partners where partner_id = $1
`,
}
