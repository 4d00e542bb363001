import type { Statement } from '../../database/index.js'
import { stationRows } from './station-row-columns.js'

/** Rows of locations by keys: $1 countries, $2 parties, $3 ids. */
export const selectStationRowsByKey: Statement = {
  name: 'select-station-rows-by-key',
  text: `
with picked as materialized (
  select l.* from unnest($1::text[], $2::text[], $3::text[]) as wanted (country_code, party_id, id)
  join objects l on l.kind = 'location' and l.country_code = wanted.country_code
    and l.party_id = wanted.party_id and l.id = wanted.id
)${stationRows}`,
}
