import type { Migration } from './migration.js'

/**
 * Charging profiles asked for and reported. `profile_requests` are messages with their progress in both directions, `active_profiles`
 * the newest state of a session, `profile_updates` the Senders that have not been told of it yet. `profiles_allowed` is the contract of an SCSP.
 */
export const chargingProfiles: Migration = {
  id: 13,
  name: 'charging profiles',
  sql: `
alter table partners add column profiles_allowed boolean not null default false;

create table profile_requests (
  id text collate "C" primary key,
  number bigint generated always as identity,
  direction text not null,
  type text not null,
  partner_id text collate "C" not null,
  partner_party text collate "C" not null,
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  session_key text collate "C" not null,
  session_id text not null,
  request jsonb not null,
  response_url text,
  response_token_hash text collate "C",
  state text not null,
  response text,
  result text,
  profile jsonb,
  message text,
  deadline timestamptz(3),
  correlation_id text not null,
  created_at timestamptz(3) not null,
  finished_at timestamptz(3)
);

create unique index profile_requests_number on profile_requests (number);
create unique index profile_requests_response_token on profile_requests (response_token_hash)
  where response_token_hash is not null;
create index profile_requests_open on profile_requests (deadline) where state in ('PENDING', 'ACCEPTED');
create index profile_requests_received on profile_requests (partner_id, response_url) where direction = 'received';
create index profile_requests_session on profile_requests (country_code, party_id, session_key, number);

create table active_profiles (
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  session_key text collate "C" not null,
  session_id text not null,
  partner_id text collate "C",
  profile jsonb not null,
  start_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  released_number bigint not null default 0,
  primary key (country_code, party_id, session_key)
);

create table profile_updates (
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  session_key text collate "C" not null,
  partner_id text collate "C" not null,
  partner_party text collate "C" not null,
  due_at timestamptz(3) not null,
  failures integer not null default 0,
  primary key (country_code, party_id, session_key, partner_id, partner_party)
);

create index profile_updates_due on profile_updates (due_at);
`,
}
