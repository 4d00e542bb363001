import type { Migration } from './migration.js'

/** Since when a partner has its status, so that a handshake whose node died can be told from one under way. */
export const partnerStatusSince: Migration = {
  id: 9,
  name: 'partner status since',
  sql: `
alter table partners add column status_since timestamptz(3) not null default now();
`,
}
