import type { Statement } from '../../database/index.js'
import { problemColumns } from './problem-columns.js'

/** Problems that are open, the oldest first. */
export const selectOpenProblems: Statement = {
  name: 'health/select-open-problems',
  text: `
select ${problemColumns} from partner_problems where ended_at is null order by since, number
`,
}
