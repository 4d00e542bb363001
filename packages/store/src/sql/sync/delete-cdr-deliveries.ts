import type { Statement } from '../../database/index.js'

/** Parameters: partner; countries, parties and ids in parallel. Delivered ones stay. */
export const deleteCdrDeliveries: Statement = {
  name: 'delete-cdr-deliveries',
  text: `
delete from sync_cdr_deliveries using unnest($2::text[], $3::text[], $4::text[]) as unwanted (country_code, party_id, id)
where sync_cdr_deliveries.partner_id = $1 and state <> 'delivered'
  and sync_cdr_deliveries.country_code = unwanted.country_code
  and sync_cdr_deliveries.party_id = unwanted.party_id
  and sync_cdr_deliveries.id = unwanted.id
`,
}
