import type { Statement } from '../../database/index.js'

/** Parameters: worker, milliseconds, now. The free partner that was touched longest ago; rows others are taking are passed over. */
export const leasePartner: Statement = {
  name: 'lease-partner',
  text: `
update sync_partners set leased_by = $1, leased_until = $3::timestamptz + $2::double precision * interval '1 millisecond',
  touched_at = $3
where partner_id = (
  select partner_id from sync_partners
  where (leased_until is null or leased_until <= $3) and (retry_at is null or retry_at <= $3)
  order by touched_at, partner_id
  limit 1
  for update skip locked
)
returning partner_id, cursors, outages, retry_at, last_error, last_success_at, clocks
`,
}
