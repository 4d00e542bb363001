import type { Statement } from '../../database/index.js'

export const selectParties: Statement = {
  name: 'parties/select-parties',
  text: `
select country_code, party_id, roles, business_details
from parties
order by country_code, party_id
`,
}
