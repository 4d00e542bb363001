import type { Statement } from '../../database/index.js'
import { settled } from './object-columns.js'

/** The next $2 changes of locations and EVSEs after $1: key of the location, position. */
export const selectTouchedStations: Statement = {
  name: 'select-touched-stations',
  text: `
select o.country_code, o.party_id, split_part(o.id, '/', 1) as id, o.changed_seq as seq
from unnest(array['location', 'evse']) as wanted (kind)
cross join lateral (
  select c.country_code, c.party_id, c.id, c.changed_seq
  from objects c
  where c.kind = wanted.kind and c.changed_seq > $1 and ${settled('c.changed_xid')}
  order by c.changed_seq
  limit $2
) o
order by o.changed_seq
limit $2`,
}
