import { evsesOfLocation } from './object-columns.js'

const text = (path: string): string => `coalesce(p.document #>> '{${path}}', '')`

/** The end of a statement: rows of the locations in `picked`, for an index of stations. */
export const stationRows = `
select p.created_seq as seq, p.country_code || '/' || p.party_id || '/' || p.id as key,
  ${text('country_code')} as country_code, ${text('party_id')} as party_id, ${text('id')} as id,
  coalesce(nullif(p.document ->> 'name', ''), p.document ->> 'address', '') as name,
  ${text('operator,name')} as operator, ${text('coordinates,latitude')} as latitude,
  ${text('coordinates,longitude')} as longitude, ${text('time_zone')} as time_zone,
  p.document -> 'opening_times' as opening_times, p.document -> 'publish' = 'true' as published,
  p.document @? '$.parking_places[*].vehicle_types[*] ? (@ == "DISABLED")' as disabled_parking,
  p.received_from, p.deleted_at is not null as deleted, v.evses
from picked p
cross join lateral (
  select json_agg(json_build_array(e.document -> 'status', extract(epoch from e.last_updated)::bigint,
    e.document -> 'connectors', e.document -> 'capabilities', e.document -> 'parking_restrictions')) as evses
  from objects e
  where ${evsesOfLocation('e', 'p')} and e.deleted_at is null and e.document ->> 'status' is distinct from 'REMOVED'
) v
order by p.created_seq`
