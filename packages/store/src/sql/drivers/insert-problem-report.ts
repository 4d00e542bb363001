/** Adds a report: id, driver_id, kind, state, text, place, charge_id, created_at, updated_at. */
export const insertProblemReport = {
  name: 'insert-problem-report',
  text: `
insert into problem_reports (id, driver_id, kind, state, text, place, charge_id, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
}
