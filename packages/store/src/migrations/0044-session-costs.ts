import type { Migration } from './migration.js'

/**
 * What sessions cost as of their newest update, and up to which change sessions were priced. Sessions stored before this
 * step are priced with their next update, or when somebody asks.
 */
export const sessionCosts: Migration = {
  id: 44,
  name: 'costs of sessions',
  sql: `
create table session_cost_position (
  single boolean primary key default true check (single),
  seq bigint not null
);
insert into session_cost_position (seq) select last_value from change_seq;

create table session_costs (
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  session_key text collate "C" not null,
  changed_seq bigint not null,
  priced_at timestamptz(3) not null,
  cost jsonb not null,
  primary key (country_code, party_id, session_key)
);
`,
}
