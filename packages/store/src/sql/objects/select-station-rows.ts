import type { Statement } from '../../database/index.js'
import { stationRows } from './station-row-columns.js'

/** Rows of live locations created after $1, at most $2. */
export const selectStationRows: Statement = {
  name: 'select-station-rows',
  text: `
with picked as materialized (
  select l.* from objects l
  where l.kind = 'location' and l.kind <> 'evse' and l.deleted_at is null and l.created_seq > $1
  order by l.created_seq
  limit $2
)${stationRows}`,
}
