import type { Statement } from '../../database/index.js'
import { objectColumns } from '../objects/object-columns.js'

/** Parameters: countries, parties and tariff ids in parallel. Own EVSEs with a connector that lists one of these tariffs beside others. */
export const selectEvsesChoosing: Statement = {
  name: 'select-evses-choosing',
  text: `
select ${objectColumns}
from objects o
where o.kind = 'evse' and o.country_code = any ($1::text[]) and o.party_id = any ($2::text[])
  and o.received_from is null and o.deleted_at is null
  and exists (
    select
    from jsonb_path_query(o.document, '$.connectors[*]') as connector
    cross join jsonb_array_elements_text(
      case jsonb_typeof(connector -> 'tariff_ids') when 'array' then connector -> 'tariff_ids' else '[]' end
    ) as listed (id)
    join unnest($1::text[], $2::text[], $3::text[]) as tariff (country_code, party_id, id)
      on tariff.country_code = o.country_code and tariff.party_id = o.party_id and tariff.id = upper(listed.id)
    where connector -> 'tariff_ids' -> 1 is not null
  )
order by o.changed_seq
`,
}
