import type { Migration } from './migration.js'

/** Deviations of partners, one row for each kind of deviation, with a count and the latest example. */
export const findings: Migration = {
  id: 8,
  name: 'findings',
  sql: `
create table partner_findings (
  partner_id text collate "C" not null references partners (id) on delete cascade,
  operation text collate "C" not null,
  pointer text collate "C" not null,
  code text collate "C" not null,
  rule text not null,
  severity text not null,
  message text not null,
  count bigint not null,
  first_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  primary key (partner_id, operation, pointer, code)
);
`,
}
