import type { Statement } from '../../database/index.js'

export const selectTokensByContract: Statement = {
  name: 'lookup/select-tokens-by-contract',
  text: `
select kind, country_code, party_id, id, document, last_updated, version_in, unmapped, received_from, created_seq, changed_seq,
  previous_seq, changed_fields, deleted_at
from objects
where kind = 'token' and upper((document ->> 'contract_id') collate "C") = any($1) and deleted_at is null
order by created_seq
`,
}
