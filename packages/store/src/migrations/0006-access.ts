import type { Migration } from './migration.js'

/** Who may use the operator API, who is told of events, and what was decided about tokens. */
export const access: Migration = {
  id: 6,
  name: 'access',
  sql: `
create table api_keys (
  id text collate "C" primary key,
  name text not null,
  hash text collate "C" not null unique,
  created_at timestamptz(3) not null
);

create table webhooks (
  id text collate "C" primary key,
  url text not null,
  secret text not null,
  types text[] not null,
  cursor bigint not null,
  failures integer not null,
  retry_at timestamptz(3),
  last_error text,
  disabled_at timestamptz(3),
  created_at timestamptz(3) not null,
  leased_by text,
  leased_until timestamptz(3)
);

create table authorizations (
  id text collate "C" primary key,
  at timestamptz(3) not null,
  direction text not null,
  partner_id text collate "C",
  token_uid text not null,
  token_type text not null,
  allowed text not null,
  reason text not null,
  duration_ms double precision not null,
  authorization_reference text,
  location_id text
);

create index authorizations_at on authorizations (at desc, id desc);
`,
}
