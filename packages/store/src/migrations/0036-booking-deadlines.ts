import type { Migration } from './migration.js'

/** Until when a partner may decide on a booking request of ours; then it is asked, by whoever takes the order first (BKG-036). */
export const bookingDeadlines: Migration = {
  id: 36,
  name: 'booking deadlines',
  sql: `
alter table booking_orders add column decide_by timestamptz(3);
create index booking_orders_undecided on booking_orders (decide_by) where decide_by is not null;
`,
}
