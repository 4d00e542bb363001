import type { Statement } from '../../database/index.js'

export const selectSessionsNear: Statement = {
  name: 'lookup/select-sessions-near',
  text: `
select kind, country_code, party_id, id, document, last_updated, version_in, unmapped, received_from, created_seq, changed_seq,
  previous_seq, changed_fields, deleted_at
from objects
where kind = 'session' and country_code = $1 and party_id = $2
  and last_updated >= $3::timestamptz and last_updated < $4::timestamptz + interval '1 day'
  and upper((document -> 'cdr_token' ->> 'contract_id') collate "C") = $5
  and upper((document ->> 'evse_uid') collate "C") = $6
  and deleted_at is null
order by created_seq
limit 10
`,
}
