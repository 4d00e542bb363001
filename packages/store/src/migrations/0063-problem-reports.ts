import type { Migration } from './migration.js'

/** What drivers report, and what they are answered. */
export const problemReports: Migration = {
  id: 63,
  name: 'problem reports',
  sql: `
create table problem_reports (
  id uuid primary key,
  driver_id uuid not null references drivers (id) on delete cascade,
  kind text collate "C" not null,
  state text collate "C" not null check (state in ('open', 'answered', 'closed')),
  text text not null,
  place jsonb,
  charge_id text,
  answer text,
  answered_at timestamptz(3),
  answered_by text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);

create index problem_reports_driver on problem_reports (driver_id, created_at);
create index problem_reports_newest on problem_reports (created_at, id);
create index problem_reports_state on problem_reports (state, created_at, id);
`,
}
