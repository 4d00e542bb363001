import type { Statement } from '../../database/index.js'

/** Parameters: partner, time. The time never goes back, whatever the clock of a node says. */
export const moveClock: Statement = {
  name: 'move-clock',
  text: `
update sync_partners set clocked_at = greatest(clocked_at, $2::timestamptz) where partner_id = $1
`,
}
