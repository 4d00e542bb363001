import type { Statement } from '../../database/index.js'

/** Drops problems that ended before $1. */
export const deleteProblems: Statement = {
  name: 'health/delete-problems',
  text: 'delete from partner_problems where ended_at < $1',
}
