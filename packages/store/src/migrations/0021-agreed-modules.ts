import type { Migration } from './migration.js'

/** Modules that a partner is offered because operators agreed on them, not because every partner knows them (PAY-041, INV-034). */
export const agreedModules: Migration = {
  id: 21,
  name: 'agreed modules',
  sql: `
alter table partners add column agreed_modules jsonb not null default '[]';
`,
}
