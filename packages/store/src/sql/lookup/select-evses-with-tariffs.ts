import type { Statement } from '../../database/index.js'

/** Parameters: country, party, id to go on after, limit. EVSEs in use with a connector that lists two tariffs or more. */
export const selectEvsesWithTariffs: Statement = {
  name: 'lookup/select-evses-with-tariffs',
  text: `
select kind, country_code, party_id, id, document, last_updated, version_in, unmapped, received_from, created_seq, changed_seq,
  previous_seq, changed_fields, deleted_at
from objects
where kind = 'evse' and country_code = $1 and party_id = $2 and id > $3 and deleted_at is null
  and document ->> 'status' <> 'REMOVED'
  and document @? '$.connectors[*].tariff_ids[1]'
order by id
limit $4
`,
}
