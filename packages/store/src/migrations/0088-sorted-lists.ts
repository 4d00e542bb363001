import type { Migration } from './migration.js'

/**
 * Orders in which sessions and CDRs are listed. Values that are no numbers, or no texts, count as the least, so that whatever a
 * partner wrote can be stored.
 */
export const sortedLists: Migration = {
  id: 88,
  name: 'orders of sessions and CDRs',
  sql: `
create function document_number(value jsonb) returns numeric language sql immutable parallel safe as
  $$ select case when jsonb_typeof(value) = 'number' then (value #>> '{}')::numeric else -1e18 end $$;

create index objects_session_start on objects (coalesce(document ->> 'start_date_time', '') collate "C", created_seq)
  where kind = 'session';
create index objects_session_energy on objects (document_number(document -> 'kwh'), created_seq) where kind = 'session';
create index objects_cdr_end_order on objects (coalesce(document ->> 'end_date_time', '') collate "C", created_seq)
  where kind = 'cdr';
create index objects_cdr_energy on objects (document_number(document -> 'total_energy'), created_seq) where kind = 'cdr';
create index objects_cdr_total on objects (document_number(document -> 'total_cost' -> 'before_taxes'), created_seq)
  where kind = 'cdr';
`,
}
