import type { Statement } from '../../database/index.js'

/** Parameters: partner, module, sequence number, expected number or null. A module without a cursor stands at 0. */
export const moveCursor: Statement = {
  name: 'move-cursor',
  text: `
update sync_partners set cursors = jsonb_set(cursors, array[$2::text], to_jsonb($3::bigint))
where partner_id = $1 and ($4::bigint is null or coalesce((cursors ->> $2)::bigint, 0) = $4)
`,
}
