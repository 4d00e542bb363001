import type { Migration } from './migration.js'

/**
 * A list that is to be read before its time, since a party behind a hub is there again (HCI-012): which asking that was, and from when on
 * changes may have been missed; a null there is from the beginning.
 */
export const askedPulls: Migration = {
  id: 33,
  name: 'asked-pulls',
  sql: `
alter table sync_pulls add column asked text collate "C", add column asked_since timestamptz(3);
`,
}
