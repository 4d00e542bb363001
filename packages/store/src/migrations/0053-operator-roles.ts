import type { Migration } from './migration.js'

/** What the holder of an operator key may do. Keys made before there were roles could do everything, and still can. */
export const operatorRoles: Migration = {
  id: 53,
  name: 'operator-roles',
  sql: `
alter table api_keys add column role text not null default 'admin'
  check (role in ('admin', 'operator', 'support', 'read-only'));
`,
}
