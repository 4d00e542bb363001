import type { Statement } from '../../database/index.js'

/** Whether a node has the turn to look after partners at $1. */
export const selectTurn: Statement = {
  name: 'health/select-turn',
  text: 'select until_at > $1 as taken from health_turn',
}
