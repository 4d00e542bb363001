import type { Statement } from '../../database/index.js'

/** Gaps that touch the time from $1 to $2, newest first. */
export const selectGaps: Statement = {
  name: 'messages/select-gaps',
  text: `
select from_at as "fromAt", until_at as "untilAt", reason, count
from message_gaps
where until_at >= $1 and from_at <= $2
order by until_at desc, number desc
limit 20
`,
}
