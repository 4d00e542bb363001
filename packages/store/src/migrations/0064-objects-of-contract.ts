import type { Migration } from './migration.js'

/** Sessions and CDRs of one contract are found without reading those of all others. */
export const objectsOfContract: Migration = {
  id: 64,
  name: 'objects of a contract',
  sql: `
create index objects_of_contract on objects (
  upper((document -> 'cdr_token' ->> 'contract_id') collate "C"), kind, created_seq
) where kind in ('session', 'cdr') and deleted_at is null;
`,
}
