import type { Migration } from './migration.js'

/** Delivery state: cursors and leases of partners, refusals, CDR deliveries, crawls and what they saw. */
export const sync: Migration = {
  id: 5,
  name: 'sync',
  sql: `
create table sync_partners (
  partner_id text collate "C" primary key,
  cursors jsonb not null default '{}',
  outages integer not null default 0,
  retry_at timestamptz(3),
  last_error text,
  last_success_at timestamptz(3),
  leased_by text collate "C",
  leased_until timestamptz(3),
  touched_at timestamptz(3) not null default '-infinity'
) with (fillfactor = 70);

create table sync_refusals (
  partner_id text collate "C" not null,
  kind text collate "C" not null,
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  id text collate "C" not null,
  seq bigint not null,
  http_status integer not null,
  status_code integer not null,
  message text not null,
  at timestamptz(3) not null,
  primary key (partner_id, kind, country_code, party_id, id)
);

create index sync_refusals_at on sync_refusals (at);

create table sync_cdr_deliveries (
  partner_id text collate "C" not null,
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  id text collate "C" not null,
  state text not null,
  location_url text,
  primary key (partner_id, country_code, party_id, id)
);

create table sync_pulls (
  partner_id text collate "C" not null,
  module text collate "C" not null,
  crawl jsonb,
  watermark timestamptz(3),
  last_full_at timestamptz(3),
  last_delta_at timestamptz(3),
  due_at timestamptz(3),
  last_error text,
  failures integer not null default 0,
  primary key (partner_id, module)
);

create table sync_seen (
  crawl_id text collate "C" not null,
  kind text collate "C" not null,
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  id text collate "C" not null,
  primary key (crawl_id, kind, country_code, party_id, id)
);
`,
}
