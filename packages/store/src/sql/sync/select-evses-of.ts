import type { Statement } from '../../database/index.js'
import { evsesOfLocation, objectColumns } from '../objects/object-columns.js'

/** Parameters: countries, parties and location ids in parallel. */
export const selectEvsesOf: Statement = {
  name: 'select-evses-of',
  text: `
select ${objectColumns}
from unnest($1::text[], $2::text[], $3::text[]) as location (country_code, party_id, id)
join objects o on ${evsesOfLocation('o', 'location')}
order by o.created_seq, o.id
`,
}
