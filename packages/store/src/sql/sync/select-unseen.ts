import type { Statement } from '../../database/index.js'

/** Parameters: crawl, partner, kinds, highest sequence number, limit. */
export const selectUnseen: Statement = {
  name: 'select-unseen',
  text: `
select kind, country_code, party_id, id
from objects
where kind = any ($3::text[]) and received_from = $2 and deleted_at is null and changed_seq <= $4
  and not exists (
    select from sync_seen
    where sync_seen.crawl_id = $1 and sync_seen.kind = objects.kind
      and sync_seen.country_code = objects.country_code and sync_seen.party_id = objects.party_id
      and sync_seen.id = objects.id
  )
order by kind, country_code, party_id, id
limit $5
`,
}
