import type { Migration } from './migration.js'

/**
 * What bookings hold of places. The constraint is what keeps a slot from being given twice, whatever calendars say and
 * however many nodes write (BKG-029). The place is compared by its hash as a range, so that one GiST index of built-in
 * classes will do; places that share a hash could only refuse each other, and 63 bits make that a theory.
 */
export const bookings: Migration = {
  id: 30,
  name: 'bookings',
  sql: `
create table booking_holds (
  country_code text collate "C" not null,
  party_id text collate "C" not null,
  booking_id text collate "C" not null,
  place text collate "C" not null,
  period tstzrange not null check (not isempty(period)),
  calendar jsonb,
  constraint booking_holds_once exclude using gist (
    int8range(hashtextextended(place, 0) >> 1, hashtextextended(place, 0) >> 1, '[]') with &&,
    period with &&
  )
);
create index booking_holds_booking on booking_holds (country_code, party_id, booking_id);

create index objects_booking_requester on objects (
  upper((document #> '{booking_requests,0,booking_request}' ->> 'country_code') collate "C"),
  upper((document #> '{booking_requests,0,booking_request}' ->> 'party_id') collate "C"),
  created_seq
) where kind = 'booking';
create index objects_booking_status on objects ((document ->> 'reservation_status'), country_code, party_id)
  where kind = 'booking' and received_from is null;
create index objects_booking_reference on objects (upper((document ->> 'authorization_reference') collate "C"))
  where kind = 'booking';
create index objects_session_reference on objects (upper((document ->> 'authorization_reference') collate "C"))
  where kind = 'session';
`,
}
