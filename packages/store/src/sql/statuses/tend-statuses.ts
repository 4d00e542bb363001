import type { Statement } from '../../database/index.js'

/** Makes the partitions of the days ahead and drops those that ended more than $1 days ago. */
export const tendStatuses: Statement = {
  name: 'statuses/tend-statuses',
  text: 'select tend_evse_statuses($1::integer) as dropped',
}
