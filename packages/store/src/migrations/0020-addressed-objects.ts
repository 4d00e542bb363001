import type { Migration } from './migration.js'

/** The other party of objects that are between two parties, and what links payments and invoices to sessions and CDRs. */
export const addressedObjects: Migration = {
  id: 20,
  name: 'addressed objects',
  sql: `
alter table objects add column addressee text collate "C";

create index objects_addressee on objects (kind, addressee, created_seq)
  where addressee is not null and deleted_at is null;
create index objects_authorization_reference on objects (upper(document ->> 'authorization_reference'))
  where kind in ('session', 'cdr', 'financial_advice_confirmation');
create index commands_sent_reference on commands (upper(request ->> 'authorization_reference')) where direction = 'sent';
create index objects_cdr_by_id on objects (id) where kind = 'cdr';
`,
}
