import type { Statement } from '../../database/index.js'

export const selectObjectsOfContract: Statement = {
  name: 'lookup/select-objects-of-contract',
  text: `
select kind, country_code, party_id, id, document, last_updated, version_in, unmapped, received_from, created_seq, changed_seq,
  previous_seq, changed_fields, deleted_at
from objects
where kind = $1 and kind in ('session', 'cdr')
  and upper((document -> 'cdr_token' ->> 'contract_id') collate "C") = $2
  and upper(document -> 'cdr_token' ->> 'country_code') = $3 and upper(document -> 'cdr_token' ->> 'party_id') = $4
  and deleted_at is null
order by created_seq desc
limit $5
`,
}
