import type { Statement } from '../../database/index.js'

/** Parameters: countries, parties and location ids in parallel. Ids collate by bytes and `0` follows `/`, so a location is one range. */
export const selectEvsesOf: Statement = {
  name: 'select-evses-of',
  text: `
select objects.kind, objects.country_code, objects.party_id, objects.id, document, last_updated, version_in, unmapped,
  received_from, created_seq, changed_seq, previous_seq, changed_fields, deleted_at
from unnest($1::text[], $2::text[], $3::text[]) as location (country_code, party_id, id)
join objects on objects.kind = 'evse'
  and objects.country_code = location.country_code and objects.party_id = location.party_id
  and objects.id > location.id || '/' and objects.id < location.id || '0'
order by created_seq, objects.id
`,
}
