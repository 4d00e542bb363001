import type { Statement } from '../../database/index.js'
import { statesOfTariff } from './tariff-state-columns.js'

/** Parameters: country, party, id, time. */
export const selectTariffStateAt: Statement = {
  name: 'tariffs/select-tariff-state-at',
  text: `
select *
from ${statesOfTariff}
where "lastUpdated" <= $4::timestamptz
order by "lastUpdated" desc, "changedSeq" desc
limit 1
`,
}
