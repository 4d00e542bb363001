import type { Statement } from '../../database/index.js'

/** Parameters: partner; countries, parties and ids in parallel. */
export const selectCdrDeliveries: Statement = {
  name: 'select-cdr-deliveries',
  text: `
select partner_id, country_code, party_id, id, state, location_url
from sync_cdr_deliveries
join unnest($2::text[], $3::text[], $4::text[]) as wanted (country_code, party_id, id)
  using (country_code, party_id, id)
where partner_id = $1
`,
}
