import type { Statement } from '../../database/index.js'

/** Adds the reservation $1, a JSON object; none when its driver asked for another one within the last minute that is not among the ids $2. */
export const insertReservation: Statement = {
  name: 'charges/insert-reservation',
  text: `
insert into driver_reservations (id, driver_id, country_code, party_id, location_id, evse_uid, connector_id, authorization_reference,
  cost, asked_at, expires_at)
select (r ->> 'id')::uuid, (r ->> 'driverId')::uuid, r ->> 'countryCode', r ->> 'partyId', r ->> 'locationId', r ->> 'evseUid',
  r ->> 'connectorId', r ->> 'authorizationReference', nullif(r -> 'cost', 'null'), (r ->> 'askedAt')::timestamptz,
  (r ->> 'expiresAt')::timestamptz
from (select $1::jsonb as r) given
where not exists (
  select 1 from driver_reservations other
  where other.driver_id = (r ->> 'driverId')::uuid and other.id <> all($2::uuid[])
    and other.asked_at > (r ->> 'askedAt')::timestamptz - interval '1 minute'
)
`,
}
