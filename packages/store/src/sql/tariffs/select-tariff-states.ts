import type { Statement } from '../../database/index.js'
import { statesOfTariff } from './tariff-state-columns.js'

/** Parameters: country, party, id, sequence number to stay below (null for none), limit. */
export const selectTariffStates: Statement = {
  name: 'tariffs/select-tariff-states',
  text: `
select *
from ${statesOfTariff}
where $4::bigint is null or "changedSeq" < $4
order by "changedSeq" desc
limit $5
`,
}
