import { reportColumns } from './report-columns.js'

/** The report with id $1. */
export const selectProblemReport = {
  name: 'select-problem-report',
  text: `
select ${reportColumns}
from problem_reports r
join drivers d on d.id = r.driver_id
where r.id = $1`,
}
