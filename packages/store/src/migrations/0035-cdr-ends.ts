import type { Migration } from './migration.js'

/**
 * CDRs by the day they ended, for reports of a period (INV-026). The day is text, as documents have it: a date with a zone cannot
 * be computed in an index, so whoever asks takes a day more on both sides and compares instants then.
 */
export const cdrEnds: Migration = {
  id: 35,
  name: 'cdr ends',
  sql: `
create index objects_cdr_ended on objects (left((document ->> 'end_date_time') collate "C", 10))
  where kind = 'cdr' and deleted_at is null;
`,
}
