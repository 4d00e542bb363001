import type { Statement } from '../../database/index.js'

/** Parameters: worker, partner, milliseconds, now. Touches no row when the lease went to somebody else. */
export const renewLease: Statement = {
  name: 'renew-lease',
  text: `
update sync_partners set leased_until = $4::timestamptz + $3::double precision * interval '1 millisecond', touched_at = $4
where partner_id = $2 and leased_by = $1
`,
}
