import type { Statement } from '../../database/index.js'

export const selectObjectsById: Statement = {
  name: 'lookup/select-objects-by-id',
  text: `
select kind, country_code, party_id, id, document, last_updated, version_in, unmapped, received_from, created_seq, changed_seq,
  previous_seq, changed_fields, deleted_at
from objects
where kind = $1 and id = $2
order by created_seq
`,
}
