import type { Migration } from './migration.js'

/**
 * What drivers charged and reserved: what they asked for, and which session or CDR came of it. The state of a charge is not stored: it
 * follows from its command, its session and its CDRs. `seq` orders charges by when this node first knew of them.
 */
export const driverCharges: Migration = {
  id: 70,
  name: 'driver charges',
  sql: `
create table driver_charges (
  id uuid primary key,
  driver_id uuid not null references drivers (id) on delete cascade,
  seq bigint not null,
  means text collate "C" not null check (means in ('app', 'card')),
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  location_id text,
  evse_uid text,
  connector_id text,
  request_key text collate "C",
  authorization_reference text collate "C",
  wish jsonb,
  quote jsonb,
  failure jsonb,
  stop jsonb,
  stop_command_id text collate "C",
  preferences jsonb,
  session_key text collate "C",
  cdr_key text collate "C",
  shares_clock boolean,
  is_open boolean not null,
  asked_at timestamptz(3) not null
);

create index driver_charges_newest on driver_charges (driver_id, seq desc, id desc);
create unique index driver_charges_session on driver_charges (country_code, party_id, session_key) where session_key is not null;
create unique index driver_charges_cdr on driver_charges (country_code, party_id, cdr_key) where cdr_key is not null;
create unique index driver_charges_request on driver_charges (driver_id, request_key) where request_key is not null;
create unique index driver_charges_running on driver_charges (driver_id, country_code, party_id, upper(location_id), upper(evse_uid))
  where is_open and means = 'app' and session_key is null;
create index driver_charges_open on driver_charges (driver_id) where is_open;
create index driver_charges_reference on driver_charges (upper(authorization_reference)) where authorization_reference is not null;
create index driver_charges_stop on driver_charges (stop_command_id) where stop_command_id is not null;

create table driver_charge_readings (
  charge_id uuid not null references driver_charges (id) on delete cascade,
  at timestamptz(3) not null,
  wh bigint not null,
  primary key (charge_id, at)
);

create table driver_reservations (
  id uuid primary key,
  driver_id uuid not null references drivers (id) on delete cascade,
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  location_id text not null,
  evse_uid text not null,
  connector_id text,
  authorization_reference text collate "C" not null,
  cost jsonb,
  failure jsonb,
  cancel jsonb,
  asked_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);

create index driver_reservations_newest on driver_reservations (driver_id, asked_at desc);
create index driver_reservations_reference on driver_reservations (upper(authorization_reference));

create table driver_charge_position (
  single boolean primary key default true check (single),
  seq bigint not null
);
insert into driver_charge_position (seq) select last_value from change_seq;
`,
}
