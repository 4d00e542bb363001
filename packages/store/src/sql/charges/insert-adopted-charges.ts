import type { Statement } from '../../database/index.js'

/** Adds the charges of the JSON array $1 that are not known. */
export const insertAdoptedCharges: Statement = {
  name: 'charges/insert-adopted',
  text: `
insert into driver_charges (id, driver_id, seq, means, country_code, party_id, authorization_reference, session_key, cdr_key,
  shares_clock, is_open, asked_at)
select (c ->> 'id')::uuid, (c ->> 'driverId')::uuid, (c ->> 'seq')::bigint, c ->> 'means', c ->> 'countryCode', c ->> 'partyId',
  c ->> 'authorizationReference', c ->> 'sessionKey', c ->> 'cdrKey', (c ->> 'sharesClock')::boolean, (c ->> 'isOpen')::boolean,
  (c ->> 'askedAt')::timestamptz
from jsonb_array_elements($1::jsonb) as c
on conflict do nothing
`,
}
