import { reportColumns } from './report-columns.js'

/** Reports in state $1 (null takes all) of the driver $2 (null takes all), below the report $3 (null: from the first), the newest first; at most $4. */
export const selectProblemReports = {
  name: 'select-problem-reports',
  text: `
select ${reportColumns}
from problem_reports r
join drivers d on d.id = r.driver_id
where ($1::text is null or r.state = $1)
  and ($2::uuid is null or r.driver_id = $2)
  and ($3::uuid is null or (r.created_at, r.id) < (select l.created_at, l.id from problem_reports l where l.id = $3))
order by r.created_at desc, r.id desc
limit $4`,
}
