import type { Statement } from '../../database/index.js'

/** Ends problem $1 at $2. */
export const endProblem: Statement = {
  name: 'health/end-problem',
  text: 'update partner_problems set ended_at = $2 where number = $1 and ended_at is null',
}
