import { evsesOfLocation, settled } from './object-columns.js'

const count = (statuses: string): string =>
  `count(*) filter (where e.document ->> 'status' in (${statuses}))::int`

/** Points of the locations in `picked`. */
const points = `
select p.created_seq as seq, p.document ->> 'country_code' as country_code, p.document ->> 'party_id' as party_id,
  p.document ->> 'id' as id,
  coalesce(nullif(p.document ->> 'name', ''), p.document ->> 'address', '') as name,
  coalesce(p.document #>> '{coordinates,latitude}', '') as latitude,
  coalesce(p.document #>> '{coordinates,longitude}', '') as longitude,
  p.deleted_at is not null as deleted, v.evses, v.free, v.taken, v.broken
from picked p
cross join lateral (
  select count(*) filter (where e.document ->> 'status' is distinct from 'REMOVED')::int as evses,
    ${count(`'AVAILABLE'`)} as free, ${count(`'CHARGING', 'RESERVED', 'BLOCKED'`)} as taken,
    ${count(`'INOPERATIVE', 'OUTOFORDER'`)} as broken
  from objects e where ${evsesOfLocation('e', 'p')} and e.deleted_at is null
) v
order by p.created_seq`

/** Points of live locations created after $1, at most $2. */
export const selectMapPoints = {
  name: 'select-map-points',
  text: `
with picked as materialized (
  select l.* from objects l
  where l.kind = 'location' and l.deleted_at is null and l.created_seq > $1
  order by l.created_seq
  limit $2
)${points}`,
}

/** Points of locations that changed after $1, themselves or in an EVSE, at most $2. */
export const selectChangedMapPoints = {
  name: 'select-changed-map-points',
  text: `
with touched as (
  select distinct o.country_code, o.party_id, split_part(o.id, '/', 1) as id
  from objects o
  where o.kind in ('location', 'evse') and o.changed_seq > $1 and ${settled('o.changed_xid')}
  limit $2
), picked as materialized (
  select l.* from touched t
  join objects l on l.kind = 'location' and l.country_code = t.country_code and l.party_id = t.party_id and l.id = t.id
)${points}`,
}
