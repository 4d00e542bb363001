import type { Migration } from './migration.js'

/** The latest value that a deviation of a partner is about, and what was agreed for a partner that deviates. */
export const partnerProfiles: Migration = {
  id: 11,
  name: 'partner profiles',
  sql: `
alter table partner_findings add column example text;

create table partner_profiles (
  partner_id text collate "C" primary key references partners (id) on delete cascade,
  profile jsonb not null
);
`,
}
