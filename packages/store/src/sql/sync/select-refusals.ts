import type { Statement } from '../../database/index.js'

/** Parameters: partner or null, limit. Newest first. */
export const selectRefusals: Statement = {
  name: 'select-refusals',
  text: `
select partner_id, kind, country_code, party_id, id, seq, http_status, status_code, message, at
from sync_refusals
where $1::text is null or partner_id = $1
order by at desc, partner_id, kind, country_code, party_id, id
limit $2
`,
}
