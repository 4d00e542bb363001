import type { Migration } from './migration.js'

/**
 * Up to which time a partner was told, for each module, what tariffs that begin or cease to be valid by the clock alone change, which
 * partners on versions without dates of validity have to be told. The days of those moments are indexed as text, which is in order of time.
 */
export const clockedPartners: Migration = {
  id: 34,
  name: 'clocked-partners',
  sql: `
alter table sync_partners add column clocks jsonb not null default '{}';

create index objects_tariff_start on objects (left(document ->> 'start_date_time', 10) collate "C")
  where kind = 'tariff' and received_from is null and document ->> 'start_date_time' is not null;
create index objects_tariff_end on objects (left(document ->> 'end_date_time', 10) collate "C")
  where kind = 'tariff' and received_from is null and document ->> 'end_date_time' is not null;
`,
}
