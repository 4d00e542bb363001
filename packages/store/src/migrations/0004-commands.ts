import type { Migration } from './migration.js'

/** Commands in both directions, rules for real-time answers about our tokens, and the index that finds objects by id when their owner is not known. */
export const commands: Migration = {
  id: 4,
  name: 'commands',
  sql: `
create table commands (
  id text collate "C" primary key,
  number bigint generated always as identity,
  direction text not null,
  type text not null,
  partner_id text collate "C" not null,
  party jsonb,
  request jsonb not null,
  response_url text,
  response_token_hash text collate "C",
  state text not null,
  response text,
  result text,
  message jsonb,
  deadline timestamptz(3),
  session_id text,
  correlation_id text not null,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3)
);

create unique index commands_number on commands (number);
create unique index commands_response_token on commands (response_token_hash) where response_token_hash is not null;
create index commands_open on commands (deadline) where state in ('PENDING', 'ACCEPTED');
create index commands_reference on commands ((request ->> 'authorization_reference')) where direction = 'sent' and session_id is null;
create index commands_token on commands ((request -> 'token' ->> 'uid'), number);

create table token_rules (
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  id text collate "C" not null,
  rule jsonb not null,
  primary key (country_code, party_id, id)
);

create index objects_by_id on objects (kind, id) where kind in ('token', 'location', 'session', 'tariff');
`,
}
