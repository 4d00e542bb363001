import type { Statement } from '../../database/index.js'

/** Parameters: partners, countries, parties, ids, states, URLs in parallel. A delivered CDR stays delivered. */
export const upsertCdrDeliveries: Statement = {
  name: 'upsert-cdr-deliveries',
  text: `
insert into sync_cdr_deliveries (partner_id, country_code, party_id, id, state, location_url)
select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
on conflict (partner_id, country_code, party_id, id) do update set
  state = excluded.state, location_url = coalesce(excluded.location_url, sync_cdr_deliveries.location_url)
where sync_cdr_deliveries.state <> 'delivered' or excluded.state = 'delivered'
`,
}
