import type { Statement } from '../../database/index.js'

/** Adds the charge $1, a JSON object, behind everything that happened; none when its request key or EVSE is taken. */
export const insertAskedCharge: Statement = {
  name: 'charges/insert-asked',
  text: `
insert into driver_charges (id, driver_id, seq, means, country_code, party_id, location_id, evse_uid, connector_id, request_key,
  authorization_reference, wish, quote, is_open, asked_at)
select (c ->> 'id')::uuid, (c ->> 'driverId')::uuid, (select last_value from change_seq), c ->> 'means', c ->> 'countryCode',
  c ->> 'partyId', c ->> 'locationId', c ->> 'evseUid', c ->> 'connectorId', c ->> 'requestKey', c ->> 'authorizationReference',
  nullif(c -> 'wish', 'null'), nullif(c -> 'quote', 'null'), true, (c ->> 'askedAt')::timestamptz
from (select $1::jsonb as c) given
on conflict do nothing
`,
}
