import type { Migration } from './migration.js'

/** Booking requests we send: stored before they leave, so that none is lost and an unanswered one can be repeated. */
export const bookingOrders: Migration = {
  id: 31,
  name: 'booking orders',
  sql: `
create table booking_orders (
  id text collate "C" primary key,
  request_id text collate "C" not null,
  partner_id text collate "C" not null,
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  request jsonb not null,
  state text not null,
  message text,
  booking_id text collate "C",
  attempts integer not null,
  created_at timestamptz(3) not null,
  tried_at timestamptz(3),
  finished_at timestamptz(3)
);
create index booking_orders_created on booking_orders (created_at);
create index booking_orders_request on booking_orders (request_id, created_at);
create index booking_orders_open on booking_orders (tried_at) where state = 'SENDING';
`,
}
