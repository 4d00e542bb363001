import type { Statement } from '../../database/index.js'

/** Makes the partitions of the days $1 to $2. */
export const ensureDays: Statement = {
  name: 'messages/ensure-days',
  text: 'select ensure_message_days($1::date, $2::date)',
}
