import type { Statement } from '../../database/index.js'
import { evsesOfLocation, objectColumns } from '../objects/object-columns.js'

/** Parameters: countries, parties and location ids in parallel. */
export const selectEvsesOf: Statement = {
  name: 'select-evses-of',
  text: `
select evse.*
from unnest($1::text[], $2::text[], $3::text[]) as location (country_code, party_id, id)
cross join lateral (
  select ${objectColumns} from objects o where ${evsesOfLocation('o', 'location')} order by o.id
) evse
order by evse.created_seq, evse.id
`,
}
