import type { Migration } from './migration.js'

/**
 * What is printed on a charging station finds it, however it is spelt; the same expression is in `select-evses-by-code`. And when a
 * partner was last heard of: how much its statuses are worth depends on it.
 */
export const stationCodes: Migration = {
  id: 75,
  name: 'station codes',
  sql: `
create index objects_evse_code on objects (
  upper(regexp_replace((document ->> 'evse_id') collate "C", '[^A-Za-z0-9]', '', 'g'))
) where kind = 'evse' and deleted_at is null and document ->> 'evse_id' is not null;
create index objects_evse_reference on objects (
  upper(regexp_replace((document ->> 'physical_reference') collate "C", '[^A-Za-z0-9]', '', 'g'))
) where kind = 'evse' and deleted_at is null and document ->> 'physical_reference' is not null;

alter table sync_partners add column last_heard_at timestamptz(3);
`,
}
