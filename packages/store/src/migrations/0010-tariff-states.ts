import type { Migration } from './migration.js'

/** Earlier states of tariffs, for pricing and auditing sessions of the past (TAR-004). */
export const tariffStates: Migration = {
  id: 10,
  name: 'tariff states',
  sql: `
create table tariff_states (
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  id text collate "C" not null,
  changed_seq bigint not null,
  document jsonb not null,
  last_updated timestamptz(3) not null,
  version_in text not null,
  unmapped jsonb,
  received_from text collate "C",
  deleted_at timestamptz(3),
  replaced_at timestamptz(3) not null,
  primary key (country_code, party_id, id, changed_seq)
);
create index tariff_states_replaced on tariff_states (replaced_at);
`,
}
