import type { Statement } from '../../database/index.js'

/** Minutes since $2 in which partner $1 was asked, and in which it answered. */
export const selectMinutes: Statement = {
  name: 'exchanges/select-minutes',
  text: `
select coalesce(sum(length(replace(asked::bit(64)::text, '0', ''))), 0)::float8 as asked,
  coalesce(sum(length(replace(answered::bit(64)::text, '0', ''))), 0)::float8 as answered
from (
  select bit_or(asked_minutes) as asked, bit_or(answered_minutes) as answered
  from partner_exchanges
  where partner_id = $1 and span = 'hour' and at >= $2 and direction = 'out'
  group by at
) hours
`,
}
