import type { Statement } from '../../database/index.js'

/** Moves the position from $1 to $2; no row when another node moved it before. */
export const movePosition: Statement = {
  name: 'session-costs/move-position',
  text: `
update session_cost_position set seq = $2 where seq = $1 returning seq
`,
}
