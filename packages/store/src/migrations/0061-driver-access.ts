import type { Migration } from './migration.js'

/** How drivers sign in: one live code for each address, passkeys, and the challenges that wait for an answer of a passkey. */
export const driverAccess: Migration = {
  id: 61,
  name: 'driver access',
  sql: `
create table driver_codes (
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  email text collate "C" not null,
  hash text collate "C" not null,
  language text collate "C" not null check (language in ('en', 'de', 'fr', 'nl')),
  tries smallint not null default 0,
  expires_at timestamptz(3) not null,
  primary key (country_code, party_id, email)
);

create index driver_codes_expiry on driver_codes (expires_at);

create table driver_passkeys (
  id text collate "C" primary key,
  driver_id uuid not null references drivers (id) on delete cascade,
  public_key text collate "C" not null,
  counter bigint not null,
  transports jsonb not null,
  name text not null,
  backed_up boolean not null,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3)
);

create index driver_passkeys_driver on driver_passkeys (driver_id);

create table driver_challenges (
  hash text collate "C" primary key,
  purpose text collate "C" not null check (purpose in ('sign-in', 'add')),
  challenge text collate "C" not null,
  driver_id uuid references drivers (id) on delete cascade,
  expires_at timestamptz(3) not null
);

create index driver_challenges_driver on driver_challenges (driver_id) where driver_id is not null;
create index driver_challenges_expiry on driver_challenges (expires_at);
`,
}
