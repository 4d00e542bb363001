import type { Statement } from '../../database/index.js'

/** $1 takes the turn until $3 when it has it already or nobody has it at $2. */
export const takeTurn: Statement = {
  name: 'health/take-turn',
  text: `
update health_turn set holder = $1, until_at = $3 where holder = $1 or until_at < $2
`,
}
