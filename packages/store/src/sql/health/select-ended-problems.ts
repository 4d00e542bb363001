import type { Statement } from '../../database/index.js'
import { problemColumns } from './problem-columns.js'

/** Problems that ended at $1 or after, at most $2, the latest first. */
export const selectEndedProblems: Statement = {
  name: 'health/select-ended-problems',
  text: `
select ${problemColumns} from partner_problems where ended_at >= $1 order by ended_at desc, number desc limit $2
`,
}
