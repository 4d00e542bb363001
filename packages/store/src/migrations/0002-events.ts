import type { Migration } from './migration.js'

/** Happenings that are not the state of an object; they share the sequence of object changes. */
export const events: Migration = {
  id: 2,
  name: 'events',
  sql: `
create table events (
  seq bigint primary key,
  xid xid8 not null,
  at timestamptz(3) not null,
  type text collate "C" not null,
  subject text collate "C" not null,
  data jsonb
);

create index events_at on events (at);
`,
}
