import type { Migration } from './migration.js'

/**
 * Objects of all kinds. Keys collate by bytes, so that the EVSEs of a location (`LOC/…`) are one range of the
 * primary key. Indexes that EVSE rows do not need leave them out: a status change is the most frequent write.
 */
export const objects: Migration = {
  id: 1,
  name: 'objects',
  sql: `
create sequence change_seq minvalue 0 start 0;

create table objects (
  kind text collate "C" not null,
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  id text collate "C" not null,
  document jsonb not null,
  last_updated timestamptz(3) not null,
  content_hash bytea not null,
  version_in text not null,
  unmapped jsonb,
  received_from text collate "C",
  created_seq bigint not null,
  changed_seq bigint not null,
  changed_xid xid8 not null,
  changed_at timestamptz(3) not null,
  previous_seq bigint not null,
  changed_fields text[],
  deleted_at timestamptz(3),
  primary key (kind, country_code, party_id, id)
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

create index objects_changed on objects (kind, changed_seq);
create index objects_page on objects (kind, created_seq) where kind <> 'evse' and deleted_at is null;
create index objects_owner_page on objects (kind, country_code, party_id, created_seq)
  where kind <> 'evse' and deleted_at is null;
create index objects_updated on objects (kind, last_updated) where kind <> 'evse';
create index objects_evse_updated on objects (last_updated) where kind = 'evse';
create index objects_token_owner on objects (
  kind,
  upper((document -> 'cdr_token' ->> 'country_code') collate "C"),
  upper((document -> 'cdr_token' ->> 'party_id') collate "C"),
  created_seq
) where kind in ('session', 'cdr');
`,
}
