import type { Migration } from './migration.js'

/**
 * People who drive: their accounts with an eMSP hosted here, the tokens of their contract, their sign-ins and their cars. The tokens
 * themselves are objects like those of any back end. Deleting a driver deletes everything of this file that belongs to them.
 */
export const drivers: Migration = {
  id: 60,
  name: 'drivers',
  sql: `
create table drivers (
  id uuid primary key,
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  contract_id text collate "C" not null,
  email text collate "C",
  name text not null,
  language text collate "C" not null check (language in ('en', 'de', 'fr', 'nl')),
  default_vehicle_id uuid,
  is_demo boolean not null default false,
  created_at timestamptz(3) not null
);

create unique index drivers_email on drivers (country_code, party_id, email) where email is not null;
create unique index drivers_contract on drivers (country_code, party_id, contract_id);
create unique index drivers_demo on drivers (country_code, party_id) where is_demo;

create table driver_tokens (
  driver_id uuid not null references drivers (id) on delete cascade,
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  uid text collate "C" not null,
  type text collate "C" not null,
  label text,
  added_at timestamptz(3) not null,
  primary key (country_code, party_id, uid, type)
);

create index driver_tokens_driver on driver_tokens (driver_id);

create table driver_sessions (
  hash text collate "C" primary key,
  driver_id uuid not null references drivers (id) on delete cascade,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);

create index driver_sessions_driver on driver_sessions (driver_id);
create index driver_sessions_expiry on driver_sessions (expires_at);

create table driver_vehicles (
  id uuid primary key,
  driver_id uuid not null references drivers (id) on delete cascade,
  vehicle jsonb not null,
  created_at timestamptz(3) not null
);

create index driver_vehicles_driver on driver_vehicles (driver_id);
`,
}
