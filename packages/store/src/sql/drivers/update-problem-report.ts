import { reportColumns } from './report-columns.js'

/** Changes the report $1: state, answer, answered_at, answered_by, updated_at. */
export const updateProblemReport = {
  name: 'update-problem-report',
  text: `
update problem_reports r
set state = $2, answer = $3, answered_at = $4, answered_by = $5, updated_at = $6
from drivers d
where r.id = $1 and d.id = r.driver_id
returning ${reportColumns}`,
}
