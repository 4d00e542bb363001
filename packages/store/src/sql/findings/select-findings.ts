import type { Statement } from '../../database/index.js'

/** Parameters: partner, limit. */
export const selectFindings: Statement = {
  name: 'findings/select-findings',
  text: `
select partner_id as "partnerId", operation, pointer, code, rule, severity, message, count, first_at as "firstAt",
  last_at as "lastAt", example
from partner_findings
where partner_id = $1
order by last_at desc, operation, pointer, code
limit $2
`,
}
