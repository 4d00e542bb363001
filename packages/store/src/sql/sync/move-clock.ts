import type { Statement } from '../../database/index.js'

/** Parameters: partner, module, time. The time never goes back, whatever the clock of a node says. */
export const moveClock: Statement = {
  name: 'move-clock',
  text: `
update sync_partners set clocks = jsonb_set(clocks, array[$2::text], to_jsonb($3::text))
where partner_id = $1 and coalesce((clocks ->> $2::text)::timestamptz, '-infinity') < $3::text::timestamptz
`,
}
