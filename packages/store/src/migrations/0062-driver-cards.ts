import type { Migration } from './migration.js'

/** A card that its driver blocked may be let in again by its driver; one that became invalid otherwise may not. */
export const driverCards: Migration = {
  id: 62,
  name: 'driver cards',
  sql: `
alter table driver_tokens add column blocked_at timestamptz(3);
create index drivers_newest on drivers (created_at, id);
`,
}
