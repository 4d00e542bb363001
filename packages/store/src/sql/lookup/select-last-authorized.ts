import type { Statement } from '../../database/index.js'

export const selectLastAuthorized: Statement = {
  name: 'lookup/select-last-authorized',
  text: `
select token_uid
from authorizations
where token_uid = any($1)
group by token_uid
order by max(at) desc
limit 1
`,
}
