import type { Statement } from '../../database/index.js'
import { evsesOfLocation, objectColumns } from './object-columns.js'

/**
 * Rows by key ($1–$4: kinds, country codes, party ids, ids) and all EVSE rows of locations ($5–$7: country codes,
 * party ids, ids). Every row carries the newest sequence number; without rows there is one that carries only that.
 */
export const selectObjects: Statement = {
  name: 'select-objects',
  text: `
select s.last_value as last_seq, found.*
from change_seq s
left join (
  select ${objectColumns}
  from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as wanted (kind, country_code, party_id, id)
  join objects o
    on o.kind = wanted.kind and o.country_code = wanted.country_code
    and o.party_id = wanted.party_id and o.id = wanted.id
  union all
  select ${objectColumns}
  from unnest($5::text[], $6::text[], $7::text[]) as location (country_code, party_id, id)
  join objects o on ${evsesOfLocation('o', 'location')}
) found on true`,
}
