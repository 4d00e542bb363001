import type { Migration } from './migration.js'

/** Partners that are there for tests: recorded requests may be sent to them again. */
export const testPartners: Migration = {
  id: 51,
  name: 'test partners',
  sql: 'alter table partners add column is_test boolean not null default false;',
}
