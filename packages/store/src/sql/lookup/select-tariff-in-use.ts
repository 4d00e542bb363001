import type { Statement } from '../../database/index.js'

export const selectTariffInUse: Statement = {
  name: 'lookup/select-tariff-in-use',
  text: `
select 1
from objects
where kind = 'evse' and country_code = $1 and party_id = $2 and deleted_at is null
  and document ->> 'status' <> 'REMOVED'
  and document @> $3::jsonb
limit 1
`,
}
