import type { Statement } from '../../database/index.js'

/** Parameters: country, party, tariff id. Ids are compared without case, as everywhere. */
export const selectTariffInUse: Statement = {
  name: 'lookup/select-tariff-in-use',
  text: `
select 1
from objects
where kind = 'evse' and country_code = $1 and party_id = $2 and deleted_at is null
  and document ->> 'status' <> 'REMOVED'
  and exists (
    select from jsonb_path_query(document, '$.connectors[*].tariff_ids[*]') listed
    where upper(listed #>> '{}') = upper($3)
  )
limit 1
`,
}
